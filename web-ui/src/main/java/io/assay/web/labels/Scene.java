package io.assay.web.labels;

import io.assay.web.media.MediaFiles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * One event of a sample as it is exported: what may be seen of it, as it should have been where
 * that is known.
 *
 * @param at event time, nanoseconds since the epoch
 * @param role in the evidence, such as {@code gap}
 * @param media the reference to its image or video
 * @param address of that, for whoever opens the export
 * @param size of the image, in pixels; empty where neither the stream nor the image says
 * @param predicted the fields as the model reported them
 * @param fields the same, corrected
 * @param boxes those of {@code fields} that are in the label's scope
 * @param removed predicted boxes in the label's scope that are in {@code fields} no more
 */
record Scene(
    String event,
    String stream,
    long at,
    String role,
    Optional<String> media,
    Optional<String> address,
    Optional<MediaFiles.Size> size,
    JsonNode predicted,
    JsonNode fields,
    List<Box> boxes,
    List<Box> removed) {
  Scene {
    boxes = List.copyOf(boxes);
    removed = List.copyOf(removed);
  }

  /**
   * A rectangle in pixels, from the top left.
   *
   * @param kind its class; empty where it has none
   * @param identity what tells it apart over time; empty where nothing does
   * @param corrected whether it is not as it was predicted
   */
  record Box(
      String kind,
      String identity,
      OptionalDouble score,
      double x,
      double y,
      double width,
      double height,
      boolean corrected) {

    /** The part that lies in an image; empty where none does. */
    Optional<Box> within(MediaFiles.Size size) {
      double left = Math.clamp(x, 0, size.width());
      double top = Math.clamp(y, 0, size.height());
      double right = Math.clamp(x + width, 0, size.width());
      double bottom = Math.clamp(y + height, 0, size.height());
      return right > left && bottom > top
          ? Optional.of(
              new Box(kind, identity, score, left, top, right - left, bottom - top, corrected))
          : Optional.empty();
    }

    boolean isSameThing(Box other) {
      return !identity.isEmpty() && identity.equals(other.identity) && kind.equals(other.kind);
    }
  }
}
