package io.assay.web.labels;

import io.assay.web.labels.Scene.Box;
import io.assay.web.media.MediaFiles;
import io.assay.web.media.MediaKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Samples as tasks of Label Studio, with what is known or proposed as pre-annotation. Boxes are in
 * percent of the image.
 */
final class LabelStudioTasks {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Medium medium;
  private final VideoTiming timing;

  LabelStudioTasks(Medium medium, VideoTiming timing) {
    this.medium = medium;
    this.timing = timing;
  }

  /** Gives the sample's tasks to {@code taker}; returns how many: none where it has no place. */
  int tasks(ExportSample sample, Consumer<ObjectNode> taker) {
    if (!medium.fits(sample)) {
      return 0;
    }
    return switch (medium) {
      case IMAGE ->
          each(
              sample.scenes().stream().filter(one -> Medium.is(one, MediaKind.IMAGE)).toList(),
              scene -> taker.accept(image(sample, scene)));
      case TABLE -> each(sample.scenes(), scene -> taker.accept(record(sample, scene)));
      case VIDEO -> {
        taker.accept(video(sample));
        yield 1;
      }
    };
  }

  /** Adds the classes of boxes that occur. */
  static void addKinds(ExportSample sample, Set<String> kinds) {
    for (Scene scene : sample.scenes()) {
      scene.boxes().forEach(box -> kinds.add(box.kind()));
      scene.removed().forEach(box -> kinds.add(box.kind()));
    }
  }

  private static int each(List<Scene> scenes, Consumer<Scene> taker) {
    scenes.forEach(taker);
    return scenes.size();
  }

  private ObjectNode image(ExportSample sample, Scene scene) {
    ObjectNode task = task(sample, scene.event(), scene.stream());
    ((ObjectNode) task.path("data")).put("image", scene.address().orElse(""));
    ArrayNode result = result(task, sample);
    scene
        .size()
        .ifPresent(
            size -> {
              for (int i = 0; i < scene.boxes().size(); i++) {
                String id = scene.event() + "-" + i;
                scene
                    .boxes()
                    .get(i)
                    .within(size)
                    .ifPresent(box -> rectangle(result.addObject(), id, box, size));
              }
            });
    return task;
  }

  private static void rectangle(ObjectNode region, String id, Box box, MediaFiles.Size size) {
    region.put("id", id).put("type", "rectanglelabels");
    region.put("from_name", LabelStudioConfig.BOXES).put("to_name", "image");
    region.put("original_width", size.width()).put("original_height", size.height());
    region.put("image_rotation", 0);
    ObjectNode value = region.putObject("value");
    Percent.put(value, box, size);
    value.putArray("rectanglelabels").add(LabelStudioConfig.named(box.kind()));
    box.score().ifPresent(score -> region.put("score", score));
    ObjectNode meta = region.putObject("meta");
    meta.putArray("text").add(box.corrected() ? "corrected" : "as predicted");
  }

  private ObjectNode record(ExportSample sample, Scene scene) {
    ObjectNode task = task(sample, scene.event(), scene.stream());
    ((ObjectNode) task.path("data")).set("record", scene.predicted());
    ArrayNode result = result(task, sample);
    if (!scene.fields().equals(scene.predicted())) {
      ObjectNode region = result.addObject();
      region.put("id", scene.event() + "-correction").put("type", "textarea");
      region.put("from_name", LabelStudioConfig.CORRECTION).put("to_name", "record");
      region.putObject("value").putArray("text").add(scene.fields().toString());
    }
    return task;
  }

  private ObjectNode video(ExportSample sample) {
    LabelledSample source = sample.source();
    ObjectNode task = task(sample, source.prediction(), source.flagged().stream());
    Scene first = sample.scenes().getFirst();
    ((ObjectNode) task.path("data")).put("video", first.address().orElse("").split("#", 2)[0]);
    ArrayNode result = result(task, sample);
    Optional<MediaFiles.Size> size =
        sample.scenes().stream().map(Scene::size).flatMap(Optional::stream).findFirst();
    size.ifPresent(found -> new LabelStudioVideo(sample, timing, found).regions(result));
    return task;
  }

  /** What comes back is joined by these: the id of a prediction, and whose. */
  private static ObjectNode task(ExportSample sample, String event, String stream) {
    ObjectNode task = JSON.createObjectNode();
    ObjectNode data = task.putObject("data");
    data.put(
        "about",
        sample.source().isDrawn()
            ? "drawn at random: is anything wrong in it?"
            : sample.source().flagged().assertion() + ": " + sample.sentence());
    data.put("event", event).put("stream", stream);
    data.set("assay", Provenance.of(sample));
    return task;
  }

  /** With the verdict, as far as one is known. */
  private ArrayNode result(ObjectNode task, ExportSample sample) {
    LabelledSample source = sample.source();
    ObjectNode prediction = task.putArray("predictions").addObject();
    prediction.put(
        "model_version",
        "assay " + (source.isDrawn() ? "at random" : source.flagged().assertion()));
    prediction.put("score", source.weight().value());
    ArrayNode result = prediction.putArray("result");
    if (source.verdict() != LabelledSample.Verdict.NONE) {
      ObjectNode choice = result.addObject();
      choice.put("id", "verdict").put("type", "choices");
      choice.put("from_name", LabelStudioConfig.VERDICT);
      choice.put("to_name", LabelStudioConfig.object(medium));
      choice.putObject("value").putArray("choices").add(source.verdict().word());
    }
    return result;
  }
}
