package io.assay.web.labels;

import io.assay.web.media.MediaFiles;
import io.assay.web.violations.KeySight;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * As whom an export is written, and how it names what is not in it.
 *
 * @param keys whose keys are seen, and whether private texts are
 * @param visible which fields are seen, by stream
 * @param imageSize pixels of what a stream's event refers to, by stream and reference
 * @param address where a tool finds what a reference leads to
 */
public record ExportView(
    KeySight keys,
    Function<String, Visible> visible,
    BiFunction<String, String, Optional<MediaFiles.Size>> imageSize,
    UnaryOperator<String> address) {
  /** Whether private texts are seen. */
  public boolean clear() {
    return keys.clear();
  }
}
