package io.assay.imports;

import java.util.List;
import java.util.Optional;

/**
 * What people drew in one image that they looked at, nothing perhaps.
 *
 * @param series the video or folder of images; empty where the file has but one
 * @param frame its number there; later ones are higher
 * @param media the image's name or address, if known
 */
public record LabelledFrame(
    String series, int frame, Optional<String> media, List<LabelledBox> boxes) {
  public LabelledFrame {
    boxes = List.copyOf(boxes);
  }
}
