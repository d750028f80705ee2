package io.assay.stream.archive;

import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A record of a topic as it came, with what must be known of it to judge it again. */
final class ArchivedRecord {
  private final @Nullable String key;
  private final long offset;
  private final OptionalLong at;
  private final long receivedMillis;
  private final Map<String, byte[]> headers;
  private final byte @Nullable [] value;

  /**
   * @param key of the event; null where none could be read
   * @param at event time, nanoseconds since the epoch; empty where none could be read
   * @param value taken as it is, not copied; null where the record has none
   */
  ArchivedRecord(
      @Nullable String key,
      long offset,
      OptionalLong at,
      long receivedMillis,
      Map<String, byte[]> headers,
      byte @Nullable [] value) {
    this.key = key;
    this.offset = offset;
    this.at = at;
    this.receivedMillis = receivedMillis;
    this.headers = headers;
    this.value = value;
  }

  @Nullable String key() {
    return key;
  }

  long offset() {
    return offset;
  }

  OptionalLong at() {
    return at;
  }

  long receivedMillis() {
    return receivedMillis;
  }

  Map<String, byte[]> headers() {
    return headers;
  }

  byte @Nullable [] value() {
    return value;
  }
}
