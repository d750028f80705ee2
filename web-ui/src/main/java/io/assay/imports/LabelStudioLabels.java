package io.assay.imports;

import io.assay.assertion.event.StreamType.ImageSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * A Label Studio export: tasks with annotations, boxes in percent. Of several annotations of a task
 * the last that was not cancelled counts; a task without one was not looked at, and is none. A task
 * with an image is one frame of the series of the image's folder, a task with a video is a series
 * of its own, with frames counted from 1: key frames are followed in straight lines, and where one
 * is disabled the box is gone behind it.
 */
final class LabelStudioLabels {
  private final LabelReading reading;
  private final Optional<ImageSize> declared;

  LabelStudioLabels(LabelReading reading, Optional<ImageSize> declared) {
    this.reading = reading;
    this.declared = declared;
  }

  void read(JsonNode tasks) {
    for (JsonNode task : tasks) {
      Optional<JsonNode> annotation = annotation(task);
      annotation.ifPresent(one -> task(task, one));
    }
  }

  /** Of the versions before 1.0 under another name. */
  private static Optional<JsonNode> annotation(JsonNode task) {
    JsonNode annotations =
        task.path("annotations").isArray() ? task.path("annotations") : task.path("completions");
    return annotations
        .valueStream()
        .filter(annotation -> !annotation.path("was_cancelled").asBoolean(false))
        .reduce((first, second) -> second);
  }

  private void task(JsonNode task, JsonNode annotation) {
    String place = "task " + task.path("id").asString("without an id");
    Optional<String> media = LabelStudioMedia.of(task.path("data"), annotation.path("result"));
    Map<String, String> labels = labels(annotation);
    Map<String, Map<String, JsonNode>> said = LabelStudioSaid.of(annotation.path("result"));
    List<LabelledBox> boxes = new ArrayList<>();
    List<KeyFrames> moving = new ArrayList<>();
    int frames = 0;
    for (JsonNode region : annotation.path("result")) {
      JsonNode value = region.path("value");
      if (LabelStudioSaid.isOfARegion(region)) {
        continue;
      }
      if (value.path("sequence").isArray()) {
        moving(place, region, labels, said).ifPresent(moving::add);
        frames = Math.max(frames, value.path("framesCount").asInt(0));
      } else if (isBox(region, value)) {
        size(place, region)
            .ifPresent(size -> boxes.add(box(region, value, size, labels, said, "")));
      } else {
        reading.leaveOut();
      }
    }
    if (moving.isEmpty()) {
      reading.frame(LabelReading.folder(media), OptionalInt.empty(), media, boxes);
      return;
    }
    int last = Math.max(frames, moving.stream().mapToInt(KeyFrames::last).max().orElse(0));
    for (int frame = 1; frame <= last; frame++) {
      int now = frame;
      List<LabelledBox> seen = moving.stream().flatMap(one -> one.at(now).stream()).toList();
      reading.frame(media.orElse(place), OptionalInt.of(frame), media, seen);
    }
  }

  /** Key points have an x and a width, too, and ellipses a middle. */
  private static boolean isBox(JsonNode region, JsonNode value) {
    return region.path("type").asString("rectangle").startsWith("rectangle")
        && value.path("width").isNumber()
        && value.path("height").isNumber()
        && value.path("x").isNumber();
  }

  /** By region: some projects say the label in a result of its own. */
  private static Map<String, String> labels(JsonNode annotation) {
    Map<String, String> labels = new HashMap<>();
    for (JsonNode region : annotation.path("result")) {
      JsonNode value = region.path("value");
      for (String name : List.of("rectanglelabels", "videorectanglelabels", "labels")) {
        String label = value.path(name).path(0).asString("");
        if (!label.isEmpty()) {
          labels.put(region.path("id").asString(""), label);
        }
      }
    }
    return labels;
  }

  private Optional<KeyFrames> moving(
      String place,
      JsonNode region,
      Map<String, String> labels,
      Map<String, Map<String, JsonNode>> said) {
    Optional<ImageSize> size = size(place, region);
    var frames = new KeyFrames();
    for (JsonNode key : region.path("value").path("sequence")) {
      if (!key.path("frame").isInt() || !key.path("width").isNumber()) {
        reading.problem(place, "a key frame with frame, x, y, width and height", key);
        return Optional.empty();
      }
      boolean stays = key.path("enabled").asBoolean(true);
      String track = region.path("id").asString("");
      size.ifPresent(
          known ->
              frames.add(
                  key.path("frame").asInt(),
                  box(region, key, known, labels, said, track),
                  true,
                  stays));
    }
    return size.map(known -> frames);
  }

  private Optional<ImageSize> size(String place, JsonNode region) {
    int width = region.path("original_width").asInt(0);
    int height = region.path("original_height").asInt(0);
    if (width > 0 && height > 0) {
      return Optional.of(new ImageSize(width, height));
    }
    if (declared.isEmpty()) {
      reading.problem(
          place,
          "original_width and original_height of a region, or 'size W x H' in the stream",
          region.path("original_width"));
    }
    return declared;
  }

  private static LabelledBox box(
      JsonNode region,
      JsonNode at,
      ImageSize size,
      Map<String, String> labels,
      Map<String, Map<String, JsonNode>> said,
      String track) {
    String id = region.path("id").asString("");
    Map<String, JsonNode> attributes = new HashMap<>();
    region.path("meta").properties().forEach(one -> attributes.put(one.getKey(), one.getValue()));
    attributes.putAll(said.getOrDefault(id, Map.of()));
    double x = at.path("x").asDouble() / 100 * size.width();
    double y = at.path("y").asDouble() / 100 * size.height();
    double width = at.path("width").asDouble() / 100 * size.width();
    double height = at.path("height").asDouble() / 100 * size.height();
    // About the corner that x and y are of.
    Turned upright = Turned.of(x, y, width, height, at.path("rotation").asDouble(0), x, y);
    return new LabelledBox(
        Optional.ofNullable(labels.get(id)),
        Optional.of(track).filter(name -> !name.isEmpty()),
        upright.x(),
        upright.y(),
        upright.width(),
        upright.height(),
        attributes);
  }
}
