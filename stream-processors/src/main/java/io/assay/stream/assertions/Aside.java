package io.assay.stream.assertions;

import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A record put aside as it came: key, value and headers, these under {@link HeaderNames#ORIGINAL}.
 *
 * <p>Its size is bounded here: a producer in a transaction that is handed too large a record must
 * abort it, and the task would meet the same record again for ever.
 */
public final class Aside {
  private static final int MOST_HEADERS = 64 * 1024;

  /** What a broker adds to a record, and our own headers. */
  private static final int OVERHEAD = 8 * 1024;

  private Aside() {}

  public static Record<byte[], byte[]> record(
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers original,
      long timestamp,
      Consumer<Headers> provenance) {
    var headers = new RecordHeaders();
    int kept = keep(original, headers);
    provenance.accept(headers);
    int room = Topics.LARGEST_OUTPUT - OVERHEAD - kept;
    byte @Nullable [] keptKey = key;
    if (key != null && key.length > room) {
      keptKey = null;
      leftOut(headers, "key", key.length);
    }
    room -= keptKey == null ? 0 : keptKey.length;
    byte @Nullable [] keptValue = value;
    if (value != null && value.length > room) {
      keptValue = null;
      leftOut(headers, "value", value.length);
    }
    return toRecord(keptKey, keptValue, timestamp, headers);
  }

  private static int keep(Headers original, Headers headers) {
    int size = 0;
    for (Header header : original) {
      if (!header.key().startsWith(Carried.PREFIX)) {
        size += size(header);
      }
    }
    if (size > MOST_HEADERS) {
      leftOut(headers, "headers", size);
      return 0;
    }
    for (Header header : original) {
      if (!header.key().startsWith(Carried.PREFIX)) {
        headers.add(HeaderNames.ORIGINAL + header.key(), header.value());
      }
    }
    return size;
  }

  private static int size(Header header) {
    int name = HeaderNames.ORIGINAL.length() + header.key().length() * 3;
    return name + (header.value() == null ? 0 : header.value().length) + 10;
  }

  private static void leftOut(Headers headers, String what, int bytes) {
    headers.add(
        HeaderNames.LEFT_OUT,
        "%s of %d bytes".formatted(what, bytes).getBytes(StandardCharsets.UTF_8));
  }

  // Kafka's records take null for an absent key or value, without saying so in their types.
  @SuppressWarnings("NullAway")
  private static Record<byte[], byte[]> toRecord(
      byte @Nullable [] key, byte @Nullable [] value, long timestamp, Headers headers) {
    return new Record<>(key, value, timestamp, headers);
  }
}
