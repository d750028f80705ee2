package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.web.labels.LabelledSample.Verdict;
import io.assay.web.labels.Scene.Box;
import io.assay.web.media.MediaKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A CVAT task as JSON: {@code frames} are the images in the order in which it is to be made of
 * them, {@code labels} what ids stand for, {@code annotations} what is put to {@code
 * /api/tasks/ID/annotations}. What has an identity is a track within its sample, {@code outside}
 * where it is absent; other boxes are shapes, verdicts are tags.
 */
final class CvatExport {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String VERDICT_PREFIX = "verdict: ";

  private final Map<String, Integer> labels = new LinkedHashMap<>();
  private final ArrayNode frames = JSON.createArrayNode();
  private final ArrayNode tags = JSON.createArrayNode();
  private final ArrayNode shapes = JSON.createArrayNode();
  private final ArrayNode tracks = JSON.createArrayNode();

  /** Of all samples. */
  private final int frameCount;

  private CvatExport(Set<String> kinds, int frameCount) {
    this.frameCount = frameCount;
    kinds.forEach(kind -> label(LabelStudioConfig.named(kind)));
    for (Verdict verdict : List.of(Verdict.ERROR, Verdict.NO_ERROR, Verdict.UNCLEAR)) {
      label(VERDICT_PREFIX + verdict.word());
    }
  }

  static Exported write(List<ExportSample> samples, OutputStream out) throws IOException {
    int frameCount = samples.stream().mapToInt(sample -> images(sample).size()).sum();
    var export = new CvatExport(LabelStudioTasks.kinds(samples), frameCount);
    int written = 0;
    for (ExportSample sample : samples) {
      List<Scene> scenes = images(sample);
      if (!scenes.isEmpty()) {
        export.add(sample, scenes);
        written++;
      }
    }
    out.write(JSON.writeValueAsString(export.json()).getBytes(UTF_8));
    return new Exported(
        written,
        export.tags.size() + export.shapes.size() + export.tracks.size(),
        samples.size() - written);
  }

  private static List<Scene> images(ExportSample sample) {
    return sample.scenes().stream().filter(scene -> Medium.is(scene, MediaKind.IMAGE)).toList();
  }

  private int label(String name) {
    return labels.computeIfAbsent(name, ignored -> labels.size() + 1);
  }

  private ObjectNode json() {
    ObjectNode json = JSON.createObjectNode();
    json.set("frames", frames);
    ArrayNode known = json.putArray("labels");
    labels.forEach((name, id) -> known.addObject().put("id", id).put("name", name));
    ObjectNode annotations = json.putObject("annotations");
    annotations.put("version", 0);
    annotations.set("tags", tags);
    annotations.set("shapes", shapes);
    annotations.set("tracks", tracks);
    return json;
  }

  private void add(ExportSample sample, List<Scene> scenes) {
    int first = frames.size();
    for (Scene scene : scenes) {
      ObjectNode frame = frames.addObject();
      frame.put("frame", frames.size() - 1).put("name", scene.media().orElse(""));
      frame.put("address", scene.address().orElse("")).put("event", scene.event());
      frame.set("provenance", Provenance.of(sample));
      if (sample.source().verdict() != Verdict.NONE
          && scene.event().equals(sample.source().prediction())) {
        ObjectNode tag = tags.addObject();
        tag.put("frame", frames.size() - 1);
        tag.put("label_id", label(VERDICT_PREFIX + sample.source().verdict().word()));
        tag.put("group", 0).put("source", "manual").putArray("attributes");
      }
    }
    tracks(scenes, first).forEach((thing, boxes) -> track(thing, boxes));
  }

  private record Thing(String kind, String identity) {}

  /** By frame; what has no identity becomes a shape at once. */
  private Map<Thing, SortedMap<Integer, Box>> tracks(List<Scene> scenes, int first) {
    var tracks = new LinkedHashMap<Thing, SortedMap<Integer, Box>>();
    for (int i = 0; i < scenes.size(); i++) {
      for (Box box : scenes.get(i).boxes()) {
        if (box.identity().isEmpty()) {
          ObjectNode shape = shapes.addObject();
          shape.put("label_id", label(LabelStudioConfig.named(box.kind())));
          shape.put("group", 0).put("source", "auto");
          rectangle(shape, first + i, box);
        } else {
          tracks
              .computeIfAbsent(new Thing(box.kind(), box.identity()), ignored -> new TreeMap<>())
              .put(first + i, box);
        }
      }
    }
    return tracks;
  }

  private void track(Thing thing, SortedMap<Integer, Box> boxes) {
    ObjectNode track = tracks.addObject();
    track.put("label_id", label(LabelStudioConfig.named(thing.kind())));
    track.put("frame", boxes.firstKey()).put("group", 0).put("source", "auto");
    track.putArray("attributes");
    ArrayNode moving = track.putArray("shapes");
    for (Map.Entry<Integer, Box> at : boxes.entrySet()) {
      int place = at.getKey();
      key(moving.addObject(), place, at.getValue(), false);
      // A track would go on into the absence, and into the next sample.
      if (!boxes.containsKey(place + 1) && place + 1 < frameCount) {
        key(moving.addObject(), place + 1, at.getValue(), true);
      }
    }
  }

  private static void key(ObjectNode shape, int frame, Box box, boolean outside) {
    rectangle(shape, frame, box);
    shape.put("outside", outside);
  }

  private static void rectangle(ObjectNode shape, int frame, Box box) {
    shape.put("type", "rectangle").put("frame", frame);
    shape.put("occluded", false).put("z_order", 0).put("rotation", 0);
    shape
        .putArray("points")
        .add(box.x())
        .add(box.y())
        .add(box.x() + box.width())
        .add(box.y() + box.height());
    shape.putArray("attributes");
  }
}
