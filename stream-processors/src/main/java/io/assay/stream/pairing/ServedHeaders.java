package io.assay.stream.pairing;

import io.assay.assertion.event.Coordinates;
import io.assay.stream.assertions.Carried;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.serving.ServedRecord;
import io.assay.stream.serving.Side;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What is carried beside a half on its way to where it is paired. */
final class ServedHeaders {
  private static final String SIDE = Carried.PREFIX + "side";

  private ServedHeaders() {}

  static void load(Headers headers, Side side) {
    HeaderNames.put(headers, SIDE, side.name());
  }

  /** Of a batch's content type that of one of its events. */
  static void loadPart(Headers headers) {
    for (Header header : headers.toArray()) {
      if (header.key().equalsIgnoreCase(ServedRecord.CONTENT_TYPE)) {
        headers.remove(header.key());
      }
    }
    HeaderNames.put(headers, ServedRecord.CONTENT_TYPE, ServedRecord.STRUCTURED);
  }

  static Side side(Headers headers) {
    return Side.valueOf(HeaderNames.text(headers, SIDE, Side.REQUEST.name()));
  }

  static Coordinates source(Headers headers) {
    return Objects.requireNonNull(Carried.coordinates(headers), "carried coordinates");
  }

  /** As readers want it: {@code topicSide} where the topic is for one side only. */
  static ServedRecord record(
      Headers headers,
      byte @Nullable [] key,
      byte @Nullable [] value,
      long timestamp,
      @Nullable Side topicSide) {
    Map<String, String> texts = new HashMap<>();
    for (Header header : headers) {
      if (header.value() != null && !header.key().startsWith(Carried.PREFIX)) {
        texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return new ServedRecord(
        texts,
        key == null ? null : new String(key, StandardCharsets.UTF_8),
        value == null ? new byte[0] : value,
        timestamp,
        topicSide);
  }
}
