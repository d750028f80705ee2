package io.assay.imports;

import io.assay.assertion.event.StreamType.ImageSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Boxes that people drew, from a file of COCO, Label Studio or CVAT, whichever it is.
 *
 * @param kind what the file is, for messages
 * @param frames by series, in order of their numbers
 * @param leftOut regions of other kinds: polygons, key points, masks without a box
 * @param problems what kept the file from being read, each with its place; frames are of no use
 *     where there is one
 */
public record LabelFile(
    String kind, List<LabelledFrame> frames, long leftOut, List<String> problems) {

  public LabelFile {
    frames = List.copyOf(frames);
    problems = List.copyOf(problems);
  }

  /**
   * Reads a whole file.
   *
   * @param size of the images, where the file gives percentages and no size
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public static LabelFile read(Path file, Optional<ImageSize> size) {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(file.toFile());
    } catch (tools.jackson.core.exc.JacksonIOException e) {
      throw new java.io.UncheckedIOException(e.getCause());
    } catch (JacksonException e) {
      return unread(
          "needed JSON, got none: line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
    var reading = new LabelReading();
    if (root.isArray() && CvatLabels.isBackup(root)) {
      new CvatLabels(reading).readBackup(root);
      return reading.file("CVAT");
    }
    if (root.isArray()) {
      new LabelStudioLabels(reading, size).read(root);
      return reading.file("Label Studio");
    }
    if (root.path("images").isArray() && root.path("annotations").isArray()) {
      new CocoLabels(reading).read(root);
      return reading.file("COCO");
    }
    JsonNode drawn = root.path("annotations").isObject() ? root.path("annotations") : root;
    if (drawn.path("shapes").isArray() || drawn.path("tracks").isArray()) {
      new CvatLabels(reading).read(root, drawn);
      return reading.file("CVAT");
    }
    return unread(
        "needed COCO (images, annotations), a Label Studio export (a list of tasks) or CVAT"
            + " (shapes, tracks), got "
            + (root.isObject()
                ? "an object with " + String.join(", ", root.propertyNames())
                : root.getNodeType().name().toLowerCase(Locale.ROOT)));
  }

  private static LabelFile unread(String problem) {
    return new LabelFile("", List.of(), 0, new ArrayList<>(List.of(problem)));
  }
}
