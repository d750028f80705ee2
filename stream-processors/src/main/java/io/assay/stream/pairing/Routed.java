package io.assay.stream.pairing;

import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A record's value, and where it goes. */
final class Routed {
  private final Route route;
  private final byte @Nullable [] value;

  enum Route {
    /** Half of a prediction, to where its other half comes. */
    BY_ID,
    /** An event of the stream. */
    EVENT,
    DEAD_LETTER
  }

  Routed(Route route, byte @Nullable [] value) {
    this.route = route;
    this.value = value;
  }

  static Record<byte[], Routed> of(Record<byte[], byte[]> record, Route route) {
    return record.withValue(new Routed(route, record.value()));
  }

  boolean isBound(Route wanted) {
    return route == wanted;
  }

  byte @Nullable [] value() {
    return value;
  }
}
