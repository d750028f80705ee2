package io.assay.assertion.event;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Reads one JSON value that the parser stands on, of one declared type.
 *
 * <p>A value that is not as declared is told to {@link Decoding#wrong} or {@link Decoding#problem};
 * what is returned then is kept as evidence and judged by nobody.
 */
sealed interface ValueReader {
  /** Of the types that live as bits. */
  non-sealed interface OfBits extends ValueReader {
    long read(JsonParser parser, Decoding decoding);
  }

  /** Of all others; null where nothing can be kept. */
  non-sealed interface OfReference extends ValueReader {
    @Nullable Object read(JsonParser parser, Decoding decoding);
  }
}
