package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.web.labels.KnownImages.Image;
import io.assay.web.labels.KnownImages.Known;
import io.assay.web.labels.Scene.Box;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  private final ArrayNode annotations = JSON.createArrayNode();
  private final Map<String, Integer> categories = new HashMap<>();

  private CocoExport(Set<String> kinds) {
    kinds.forEach(kind -> categories.put(kind, categories.size() + 1));
  }

  static Exported write(List<ExportSample> samples, OutputStream out) throws IOException {
    KnownImages known = KnownImages.of(samples);
    Set<String> kinds = LabelStudioTasks.kinds(samples);
    var export = new CocoExport(kinds);
    ObjectNode coco = JSON.createObjectNode();
    coco.putObject("info").put("description", "labels of flagged predictions");
    coco.putArray("licenses");
    ArrayNode images = coco.putArray("images");
    for (Image image : known.images()) {
      images.add(export.image(images.size() + 1, image));
    }
    coco.set("annotations", export.annotations);
    ArrayNode categories = coco.putArray("categories");
    for (String kind : kinds) {
      categories
          .addObject()
          .put("id", export.categories.get(kind))
          .put("name", LabelStudioConfig.named(kind))
          .put("supercategory", "");
    }
    out.write(JSON.writeValueAsString(coco).getBytes(UTF_8));
    return new Exported(
        samples.size() - known.leftOut(), export.annotations.size(), known.leftOut());
  }

  private ObjectNode image(int id, Image image) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id).put("file_name", image.scene().media().orElse(""));
    image
        .scene()
        .size()
        .ifPresent(size -> json.put("width", size.width()).put("height", size.height()));
    json.put("coco_url", image.scene().address().orElse(""));
    json.put("event", image.scene().event()).put("stream", image.scene().stream());
    json.put("at", image.scene().at());
    LabelScope scope = image.best().source().scope();
    if (scope.subjectOnly() || !scope.classes().isEmpty()) {
      ArrayNode open = json.putArray("not_exhaustive_category_ids");
      new TreeSet<>(categories.keySet())
          .stream()
              .filter(kind -> !scope.isExhaustiveOf(kind))
              .map(categories::get)
              .forEach(open::add);
    }
    json.set("attributes", Provenance.of(image.best()));
    for (Known known : image.boxes()) {
      inside(image, known.box()).ifPresent(box -> annotation(id, known, box));
    }
    return json;
  }

  /** Without what lies outside of the image, as far as its size is known. */
  private static Optional<Box> inside(Image image, Box box) {
    return image.scene().size().map(box::within).orElse(Optional.of(box));
  }

  private void annotation(int image, Known known, Box box) {
    ObjectNode json = annotations.addObject();
    json.put("id", annotations.size()).put("image_id", image);
    json.put("category_id", categories.get(box.kind()));
    json.putArray("bbox").add(box.x()).add(box.y()).add(box.width()).add(box.height());
    json.put("area", box.width() * box.height()).put("iscrowd", 0);
    json.putArray("segmentation");
    ObjectNode attributes = Provenance.of(known.by());
    attributes.put("track", box.identity());
    attributes.put("corrected", box.corrected());
    box.score().ifPresent(score -> attributes.put("score", score));
    json.set("attributes", attributes);
  }
}
