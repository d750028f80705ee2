package io.assay.imports;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A box that somebody drew, in pixels.
 *
 * @param label what is in it, if that was said
 * @param track what is the same in other frames, if that was said
 * @param attributes what else was said of it, by name
 */
public record LabelledBox(
    Optional<String> label,
    Optional<String> track,
    double x,
    double y,
    double width,
    double height,
    Map<String, JsonNode> attributes) {
  public LabelledBox {
    attributes = Map.copyOf(attributes);
  }

  /** Part of the way to the next key frame of the same box. */
  LabelledBox towards(LabelledBox next, double share) {
    return new LabelledBox(
        label,
        track,
        x + (next.x - x) * share,
        y + (next.y - y) * share,
        width + (next.width - width) * share,
        height + (next.height - height) * share,
        attributes);
  }
}
