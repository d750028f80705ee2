package io.assay.assertion.scenario;

import io.assay.assertion.event.Coordinates;
import org.jspecify.annotations.Nullable;

/** The payloads of a recording, once, in the order in which they arrived. */
public interface Payloads {
  /**
   * The next one; null after the last.
   *
   * @throws java.io.UncheckedIOException if the recording cannot be read
   */
  @Nullable Payload next();

  /** How a message names the place: the line of a file, unless told otherwise. */
  default String place(Coordinates source) {
    return source.topic() + ':' + (source.offset() + 1);
  }
}
