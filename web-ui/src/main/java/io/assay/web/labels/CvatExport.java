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
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A CVAT task as JSON: {@code frames} are the images in the order in which it is to be made of
 * them, {@code labels} what ids stand for, {@code annotations} what is put to {@code
 * /api/tasks/ID/annotations}. What has an identity is a track within its sample, {@code outside}
 * where it is absent; other boxes are shapes, verdicts are tags.
 */
final class CvatExport implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String VERDICT_PREFIX = "verdict: ";

  private final Map<String, Integer> labels = new LinkedHashMap<>();
  private final OutputStream out;
  private final JsonSpool tags;
  private final JsonSpool shapes;
  private final JsonSpool tracks;
  private int frames;
  private int samples;
  private int written;

  /** Of all samples. */
  private int frameCount;

  private CvatExport(OutputStream out, SpoolFolder folder) throws IOException {
    this.out = out;
    this.tags = new JsonSpool(folder.file("tags"));
    this.shapes = new JsonSpool(folder.file("shapes"));
    this.tracks = new JsonSpool(folder.file("tracks"));
  }

  static Exported write(ExportSamples samples, OutputStream out) throws IOException {
    try (var folder = new SpoolFolder();
        var export = new CvatExport(out, folder)) {
      return export.write(samples);
    }
  }

  private Exported write(ExportSamples all) throws IOException {
    Set<String> kinds = new TreeSet<>();
    all.each(
        sample -> {
          frameCount += images(sample).size();
          LabelStudioTasks.addKinds(sample, kinds);
        });
    kinds.forEach(kind -> label(LabelStudioConfig.named(kind)));
    for (Verdict verdict : List.of(Verdict.ERROR, Verdict.NO_ERROR, Verdict.UNCLEAR)) {
      label(VERDICT_PREFIX + verdict.word());
    }
    text("{\"frames\":[");
    all.each(
        sample -> {
          List<Scene> scenes = images(sample);
          samples++;
          if (!scenes.isEmpty()) {
            add(sample, scenes);
            written++;
          }
        });
    ArrayNode known = JSON.createArrayNode();
    labels.forEach((name, id) -> known.addObject().put("id", id).put("name", name));
    text("],\"labels\":" + JSON.writeValueAsString(known));
    text(",\"annotations\":{\"version\":0,\"tags\":");
    tags.writeTo(out);
    text(",\"shapes\":");
    shapes.writeTo(out);
    text(",\"tracks\":");
    tracks.writeTo(out);
    text("}}");
    return new Exported(written, tags.size() + shapes.size() + tracks.size(), samples - written);
  }

  private void text(String json) throws IOException {
    out.write(json.getBytes(UTF_8));
  }

  @Override
  public void close() throws IOException {
    tags.close();
    shapes.close();
    tracks.close();
  }

  private static List<Scene> images(ExportSample sample) {
    return sample.scenes().stream().filter(scene -> Medium.is(scene, MediaKind.IMAGE)).toList();
  }

  private int label(String name) {
    return labels.computeIfAbsent(name, ignored -> labels.size() + 1);
  }

  private void add(ExportSample sample, List<Scene> scenes) throws IOException {
    int first = frames;
    for (Scene scene : scenes) {
      if (frames > 0) {
        text(",");
      }
      ObjectNode frame = JSON.createObjectNode();
      frame.put("frame", frames++).put("name", scene.media().orElse(""));
      frame.put("address", scene.address().orElse("")).put("event", scene.event());
      frame.set("provenance", Provenance.of(sample));
      text(JSON.writeValueAsString(frame));
      if (sample.source().verdict() != Verdict.NONE
          && scene.event().equals(sample.source().prediction())) {
        ObjectNode tag = JSON.createObjectNode();
        tag.put("frame", frames - 1);
        tag.put("label_id", label(VERDICT_PREFIX + sample.source().verdict().word()));
        tag.put("group", 0).put("source", "manual").putArray("attributes");
        tags.add(tag);
      }
    }
    for (var track : tracks(scenes, first).entrySet()) {
      track(track.getKey(), track.getValue());
    }
  }

  private record Thing(String kind, String identity) {}

  /** By frame; what has no identity becomes a shape at once. */
  private Map<Thing, SortedMap<Integer, Box>> tracks(List<Scene> scenes, int first)
      throws IOException {
    var moving = new LinkedHashMap<Thing, SortedMap<Integer, Box>>();
    for (int i = 0; i < scenes.size(); i++) {
      for (Box box : scenes.get(i).boxes()) {
        if (box.identity().isEmpty()) {
          ObjectNode shape = JSON.createObjectNode();
          shape.put("label_id", label(LabelStudioConfig.named(box.kind())));
          shape.put("group", 0).put("source", "auto");
          rectangle(shape, first + i, box);
          shapes.add(shape);
        } else {
          moving
              .computeIfAbsent(new Thing(box.kind(), box.identity()), ignored -> new TreeMap<>())
              .put(first + i, box);
        }
      }
    }
    return moving;
  }

  private void track(Thing thing, SortedMap<Integer, Box> boxes) throws IOException {
    ObjectNode track = JSON.createObjectNode();
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
    tracks.add(track);
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
