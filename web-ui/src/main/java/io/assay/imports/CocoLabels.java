package io.assay.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * COCO: images, annotations with {@code bbox} (x, y, width, height in pixels), categories. An image
 * is in the series of its {@code video_id}, or of the folder of its file; its number is {@code
 * frame_id}, {@code frame_index}, {@code frame_number} or {@code frame}. What is the same thing in
 * several images has a {@code track_id} or {@code instance_id}, in the annotation or in its {@code
 * attributes}.
 */
final class CocoLabels {
  private static final List<String> FRAMES =
      List.of("frame_id", "frame_index", "frame_number", "frame");

  private static final List<String> TRACKS = List.of("track_id", "instance_id", "track");

  private final LabelReading reading;

  CocoLabels(LabelReading reading) {
    this.reading = reading;
  }

  void read(JsonNode root) {
    Map<String, String> categories = names(root.path("categories"), "name");
    Map<String, String> videos = names(root.path("videos"), "name");
    Map<String, List<LabelledBox>> boxes = new HashMap<>();
    for (JsonNode image : root.path("images")) {
      if (image.path("id").isMissingNode()) {
        reading.problem("an image", "an id", image);
      }
      boxes.put(image.path("id").asString(""), new ArrayList<>());
    }
    for (JsonNode annotation : root.path("annotations")) {
      annotation(annotation, categories, boxes);
    }
    for (JsonNode image : root.path("images")) {
      Optional<String> media = text(image, "file_name");
      String video = image.path("video_id").asString("");
      reading.frame(
          video.isEmpty() ? LabelReading.folder(media) : videos.getOrDefault(video, video),
          number(image),
          media,
          boxes.getOrDefault(image.path("id").asString(""), List.of()));
    }
  }

  private void annotation(
      JsonNode annotation, Map<String, String> categories, Map<String, List<LabelledBox>> boxes) {
    String place = "annotation " + annotation.path("id").asString("without an id");
    List<LabelledBox> image = boxes.get(annotation.path("image_id").asString(""));
    if (image == null) {
      reading.problem(place, "the id of one of the images", annotation.path("image_id"));
      return;
    }
    JsonNode box = annotation.path("bbox");
    if (box.isMissingNode()) {
      reading.leaveOut();
      return;
    }
    if (box.size() != 4 || !box.valueStream().allMatch(JsonNode::isNumber)) {
      reading.problem(place, "a bbox of [x, y, width, height]", box);
      return;
    }
    String category = annotation.path("category_id").asString("");
    Map<String, JsonNode> attributes = new HashMap<>();
    annotation.properties().forEach(one -> attributes.put(one.getKey(), one.getValue()));
    annotation
        .path("attributes")
        .properties()
        .forEach(one -> attributes.put(one.getKey(), one.getValue()));
    image.add(
        new LabelledBox(
            category.isEmpty()
                ? Optional.empty()
                : Optional.of(categories.getOrDefault(category, category)),
            TRACKS.stream()
                .flatMap(name -> Optional.ofNullable(attributes.get(name)).stream())
                .map(value -> value.asString(""))
                .filter(track -> !track.isEmpty())
                .findFirst(),
            box.get(0).asDouble(),
            box.get(1).asDouble(),
            box.get(2).asDouble(),
            box.get(3).asDouble(),
            attributes));
  }

  private static OptionalInt number(JsonNode image) {
    return FRAMES.stream()
        .map(image::path)
        .filter(JsonNode::isInt)
        .mapToInt(JsonNode::asInt)
        .findFirst();
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.of(node.path(name).asString("")).filter(text -> !text.isEmpty());
  }

  private static Map<String, String> names(JsonNode list, String name) {
    Map<String, String> names = new HashMap<>();
    for (JsonNode one : list) {
      text(one, name).ifPresent(text -> names.put(one.path("id").asString(""), text));
    }
    return names;
  }
}
