package io.assay.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * CVAT's annotations: {@code shapes} of single frames and {@code tracks} with key frames, which are
 * followed in straight lines, {@code outside} where the thing is gone; rectangles by two corners in
 * pixels. Names of labels stand in a {@code label} of each, or in a list {@code labels} of the
 * file; names of images in a list {@code frames}. Frames go to the last that is told of.
 */
final class CvatLabels {
  private final LabelReading reading;
  private final Map<String, String> names = new HashMap<>();
  private final Map<Integer, List<LabelledBox>> single = new HashMap<>();
  private final List<KeyFrames> tracks = new ArrayList<>();

  CvatLabels(LabelReading reading) {
    this.reading = reading;
  }

  void read(JsonNode root, JsonNode drawn) {
    for (JsonNode label : root.path("labels")) {
      names.put(label.path("id").asString(""), label.path("name").asString(""));
    }
    int last = Math.max(root.path("frames").size() - 1, root.path("stop_frame").asInt(0));
    for (JsonNode shape : drawn.path("shapes")) {
      int frame = shape.path("frame").asInt(0);
      last = Math.max(last, frame);
      box("a shape of frame " + frame, shape, label(shape), Optional.empty())
          .ifPresent(box -> single.computeIfAbsent(frame, f -> new ArrayList<>()).add(box));
    }
    int number = 0;
    for (JsonNode track : drawn.path("tracks")) {
      tracks.add(track(track, track.path("id").asString(Integer.toString(number++))));
      last = Math.max(last, tracks.getLast().last());
    }
    Map<Integer, String> images = images(root.path("frames"));
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
    for (JsonNode shape : track.path("shapes")) {
      int frame = shape.path("frame").asInt(0);
      boolean here = !shape.path("outside").asBoolean(false);
      box("track " + id + ", frame " + frame, shape, label(track), Optional.of(id))
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
      String place, JsonNode shape, Optional<String> label, Optional<String> track) {
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
    Map<String, JsonNode> attributes = new HashMap<>();
    shape.properties().forEach(one -> attributes.put(one.getKey(), one.getValue()));
    return Optional.of(
        new LabelledBox(
            label,
            track,
            x,
            y,
            points.get(2).asDouble() - x,
            points.get(3).asDouble() - y,
            attributes));
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
