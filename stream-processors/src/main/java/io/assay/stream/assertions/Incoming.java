package io.assay.stream.assertions;

import io.assay.assertion.event.Event;
import io.assay.stream.contract.Provenance;
import org.jspecify.annotations.Nullable;

/** An event beside the record that it was read from, which may have to be put aside untouched. */
final class Incoming implements Arriving {
  private final Event event;
  private final Provenance provenance;
  private final byte @Nullable [] key;
  private final byte[] value;
  private final byte[] completed;

  /**
   * @param value as it came
   * @param completed the same with its gaps filled: what {@code event} was read from
   */
  Incoming(
      Event event, Provenance provenance, byte @Nullable [] key, byte[] value, byte[] completed) {
    this.event = event;
    this.provenance = provenance;
    this.key = key;
    this.value = value;
    this.completed = completed;
  }

  Event event() {
    return event;
  }

  Provenance provenance() {
    return provenance;
  }

  byte @Nullable [] key() {
    return key;
  }

  byte[] value() {
    return value;
  }

  byte[] completed() {
    return completed;
  }
}
