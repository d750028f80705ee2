package io.assay.stream.embeddings;

import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A record's value, and where it goes. */
final class Sent {
  private final Route route;
  private final byte @Nullable [] value;

  enum Route {
    /** What a task tells, to the one who merges. */
    TOLD,
    DEAD_LETTER,
    LATE,
    RELEASE,
    STABILITY,
    VIOLATION,
    COUNT,
    RULE_USE
  }

  private Sent(Route route, byte @Nullable [] value) {
    this.route = route;
    this.value = value;
  }

  static Record<byte[], Sent> of(Record<byte[], byte[]> record, Route route) {
    return record.withValue(new Sent(route, record.value()));
  }

  boolean isBound(Route wanted) {
    return route == wanted;
  }

  byte @Nullable [] value() {
    return value;
  }
}
