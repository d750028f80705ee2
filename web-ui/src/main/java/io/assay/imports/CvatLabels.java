package io.assay.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * CVAT's annotations: {@code shapes} of single frames and {@code tracks} with key frames, which are
 * followed in straight lines, {@code outside} where the thing is gone; rectangles by two corners in
 * pixels, turned ones about their middle. Names of labels and attributes stand with each, as in a
 * backup, or in a list {@code labels} of the file; names of images in a list {@code frames}. Frames
 * go to the last that is told of. A backup is a list of jobs: a track ends with its job.
 */
final class CvatLabels {
  private final LabelReading reading;
  private final Map<String, String> names = new HashMap<>();
  private final Map<Integer, List<LabelledBox>> single = new HashMap<>();
  private final List<Track> tracks = new ArrayList<>();
  private CvatAttributes attributes = new CvatAttributes(MissingNode.getInstance());

  /** {@code until}: the last frame of which its job tells. */
  private record Track(KeyFrames frames, int until) {
    Optional<LabelledBox> at(int frame) {
      return frame <= until ? frames.at(frame) : Optional.empty();
    }
  }

  CvatLabels(LabelReading reading) {
    this.reading = reading;
  }

  /** Whether a list is a backup's annotations, and not another tool's tasks. */
  static boolean isBackup(JsonNode list) {
    return list.size() > 0
        && list.valueStream()
            .allMatch(job -> job.path("shapes").isArray() || job.path("tracks").isArray());
  }

  void readBackup(JsonNode jobs) {
    int last = 0;
    for (JsonNode job : jobs) {
      last = Math.max(last, job(job, 0));
    }
    frames(last, Map.of());
  }

  void read(JsonNode root, JsonNode drawn) {
    // As a list, or as the server answers, a page of it.
    JsonNode labels = root.path("labels");
    JsonNode listed = labels.isArray() ? labels : labels.path("results");
    for (JsonNode label : listed) {
      names.put(label.path("id").asString(""), label.path("name").asString(""));
    }
    attributes = new CvatAttributes(listed);
    int told = Math.max(root.path("frames").size() - 1, root.path("stop_frame").asInt(0));
    frames(job(drawn, told), images(root.path("frames")));
  }

  /** Returns the last frame told of, {@code told} at least. */
  private int job(JsonNode drawn, int told) {
    int last = told;
    for (JsonNode shape : drawn.path("shapes")) {
      int frame = shape.path("frame").asInt(0);
      last = Math.max(last, frame);
      box("a shape of frame " + frame, shape, label(shape), Optional.empty(), Map.of())
          .ifPresent(box -> single.computeIfAbsent(frame, f -> new ArrayList<>()).add(box));
    }
    List<KeyFrames> own = new ArrayList<>();
    for (JsonNode track : drawn.path("tracks")) {
      // Jobs count their tracks each from the start, where a backup gives them no number.
      int number = tracks.size() + own.size();
      own.add(track(track, track.path("id").asString(Integer.toString(number))));
      last = Math.max(last, own.getLast().last());
    }
    for (KeyFrames one : own) {
      tracks.add(new Track(one, last));
    }
    return last;
  }

  private void frames(int last, Map<Integer, String> images) {
    for (int frame = 0; frame <= last; frame++) {
      Optional<String> media = Optional.ofNullable(images.get(frame));
      reading.frame(LabelReading.folder(media), OptionalInt.of(frame), media, boxes(frame));
    }
  }

  private List<LabelledBox> boxes(int frame) {
    List<LabelledBox> boxes = new ArrayList<>(single.getOrDefault(frame, List.of()));
    tracks.forEach(track -> track.at(frame).ifPresent(boxes::add));
    return boxes;
  }

  private KeyFrames track(JsonNode track, String id) {
    var frames = new KeyFrames();
    // What is said once holds until something else is said.
    Map<String, JsonNode> said = new HashMap<>(attributes.named(track));
    for (JsonNode shape : track.path("shapes")) {
      int frame = shape.path("frame").asInt(0);
      boolean here = !shape.path("outside").asBoolean(false);
      said.putAll(attributes.named(shape));
      box("track " + id + ", frame " + frame, shape, label(track), Optional.of(id), said)
          .ifPresent(box -> frames.add(frame, box, here, here));
    }
    return frames;
  }

  private Optional<String> label(JsonNode of) {
    String id = of.path("label_id").asString("");
    String name = of.path("label").asString(names.getOrDefault(id, id));
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  private Optional<LabelledBox> box(
      String place,
      JsonNode shape,
      Optional<String> label,
      Optional<String> track,
      Map<String, JsonNode> said) {
    if (!shape.path("type").asString("rectangle").equals("rectangle")) {
      reading.leaveOut();
      return Optional.empty();
    }
    JsonNode points = shape.path("points");
    if (points.size() != 4 || !points.valueStream().allMatch(JsonNode::isNumber)) {
      reading.problem(place, "points of two corners, [x1, y1, x2, y2]", points);
      return Optional.empty();
    }
    double x = points.get(0).asDouble();
    double y = points.get(1).asDouble();
    double width = points.get(2).asDouble() - x;
    double height = points.get(3).asDouble() - y;
    double degrees = shape.path("rotation").asDouble(0);
    Turned upright = Turned.of(x, y, width, height, degrees, x + width / 2, y + height / 2);
    Map<String, JsonNode> all = attributes.of(shape);
    all.putAll(said);
    return Optional.of(
        new LabelledBox(
            label, track, upright.x(), upright.y(), upright.width(), upright.height(), all));
  }

  private static Map<Integer, String> images(JsonNode frames) {
    Map<Integer, String> images = new HashMap<>();
    int number = 0;
    for (JsonNode frame : frames) {
      String name = frame.path("name").asString("");
      if (!name.isEmpty()) {
        images.put(frame.path("frame").asInt(number), name);
      }
      number++;
    }
    return images;
  }
}
