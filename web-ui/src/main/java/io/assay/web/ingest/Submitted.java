package io.assay.web.ingest;

import io.assay.stream.ingest.CloudEventAttributes;
import org.jspecify.annotations.Nullable;

/**
 * One event as it was sent, before anybody knows whether its stream can read it.
 *
 * <p>Its position is the line of JSON Lines, else the place in the array, both from 1.
 */
final class Submitted {
  private final int position;
  private final byte[] payload;
  private final @Nullable CloudEventAttributes attributes;

  Submitted(int position, byte[] payload, @Nullable CloudEventAttributes attributes) {
    this.position = position;
    this.payload = payload;
    this.attributes = attributes;
  }

  int position() {
    return position;
  }

  byte[] payload() {
    return payload;
  }

  /** Null for an event that is no CloudEvent. */
  @Nullable CloudEventAttributes attributes() {
    return attributes;
  }
}
