package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.web.labels.KnownImages.Image;
import io.assay.web.labels.KnownImages.Known;
import io.assay.web.labels.Scene.Box;
import io.assay.web.media.MediaFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Boxes as COCO has them, in pixels. What nobody knows is not in it: a sample that is unclear, or
 * wrong in an unknown way, would teach a model the error. Where the label does not speak of all
 * boxes, {@code not_exhaustive_category_ids}, as LVIS has it, tells of which boxes may be missing.
 */
final class CocoExport {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final OutputStream out;
  private final JsonSpool annotations;
  private final Map<String, Integer> categories = new HashMap<>();
  private int images;

  private CocoExport(Set<String> kinds, OutputStream out, JsonSpool annotations) {
    this.out = out;
    this.annotations = annotations;
    kinds.forEach(kind -> categories.put(kind, categories.size() + 1));
  }

  static Exported write(ExportSamples samples, OutputStream out) throws IOException {
    try (var folder = new SpoolFolder();
        var annotations = new JsonSpool(folder.file("annotations"))) {
      KnownImages known = KnownImages.of(samples, folder);
      var export = new CocoExport(known.kinds(), out, annotations);
      ObjectNode info = JSON.createObjectNode();
      info.put("description", "labels of flagged predictions");
      export.text("{\"info\":" + JSON.writeValueAsString(info) + ",\"licenses\":[],\"images\":[");
      known.each(export::image);
      export.text("],\"annotations\":");
      annotations.writeTo(out);
      export.text(",\"categories\":" + JSON.writeValueAsString(export.named(known.kinds())) + "}");
      return new Exported(known.written(), annotations.size(), known.leftOut());
    }
  }

  private ArrayNode named(Set<String> kinds) {
    ArrayNode named = JSON.createArrayNode();
    for (String kind : kinds) {
      named
          .addObject()
          .put("id", categories.get(kind))
          .put("name", LabelStudioConfig.named(kind))
          .put("supercategory", "");
    }
    return named;
  }

  private void text(String json) throws IOException {
    out.write(json.getBytes(UTF_8));
  }

  private void image(Image image) throws IOException {
    KnownImages.Sight best = image.best();
    if (images++ > 0) {
      text(",");
    }
    ObjectNode json = JSON.createObjectNode();
    json.put("id", images).put("file_name", best.media());
    Optional<MediaFiles.Size> size = size(best);
    size.ifPresent(known -> json.put("width", known.width()).put("height", known.height()));
    json.put("coco_url", best.address());
    json.put("event", best.event()).put("stream", best.stream());
    json.put("at", best.at());
    LabelScope scope = best.scope();
    if (scope.subjectOnly() || !scope.classes().isEmpty()) {
      ArrayNode open = json.putArray("not_exhaustive_category_ids");
      new TreeSet<>(categories.keySet())
          .stream()
              .filter(kind -> !scope.isExhaustiveOf(kind))
              .map(categories::get)
              .forEach(open::add);
    }
    json.set("attributes", best.provenance());
    text(JSON.writeValueAsString(json));
    for (Known known : image.boxes()) {
      // Without what lies outside of the image, as far as its size is known.
      Optional<Box> inside = size.map(known.box()::within).orElse(Optional.of(known.box()));
      if (inside.isPresent()) {
        annotation(images, known, inside.get());
      }
    }
  }

  private static Optional<MediaFiles.Size> size(KnownImages.Sight best) {
    Integer width = best.width();
    Integer height = best.height();
    return width == null || height == null
        ? Optional.empty()
        : Optional.of(new MediaFiles.Size(width, height));
  }

  private void annotation(int image, Known known, Box box) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", annotations.size() + 1).put("image_id", image);
    json.put("category_id", categories.get(box.kind()));
    json.putArray("bbox").add(box.x()).add(box.y()).add(box.width()).add(box.height());
    json.put("area", box.width() * box.height()).put("iscrowd", 0);
    json.putArray("segmentation");
    JsonNode attributes = known.by().deepCopy();
    if (attributes instanceof ObjectNode object) {
      object.put("track", box.identity());
      object.put("corrected", box.corrected());
      box.score().ifPresent(score -> object.put("score", score));
    }
    json.set("attributes", attributes);
    annotations.add(json);
  }
}
