package io.assay.stream.assertions;

import io.assay.assertion.event.Coordinates;
import io.assay.stream.contract.HeaderNames;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Where a record came from, and its own key, carried in headers through the internal topic. */
public final class Carried {
  public static final String PREFIX = "assay.";
  private static final String TOPIC = PREFIX + HeaderNames.TOPIC;
  private static final String PARTITION = PREFIX + HeaderNames.PARTITION;
  private static final String OFFSET = PREFIX + HeaderNames.OFFSET;
  private static final String KEY = PREFIX + "key";

  private Carried() {}

  public static void load(Headers headers, RecordMetadata from, byte @Nullable [] key) {
    HeaderNames.put(headers, TOPIC, from.topic());
    HeaderNames.put(headers, PARTITION, Integer.toString(from.partition()));
    HeaderNames.put(headers, OFFSET, Long.toString(from.offset()));
    headers.remove(KEY);
    if (key != null) {
      headers.add(KEY, key);
    }
  }

  /** What was carried; null when the record came straight from its topic. */
  public static @Nullable Coordinates coordinates(Headers headers) {
    String topic = HeaderNames.text(headers, TOPIC);
    return topic == null
        ? null
        : new Coordinates(
            topic,
            (int) HeaderNames.number(headers, PARTITION, -1),
            HeaderNames.number(headers, OFFSET, -1));
  }

  public static byte @Nullable [] key(Headers headers) {
    Header key = headers.lastHeader(KEY);
    return key == null ? null : key.value();
  }
}
