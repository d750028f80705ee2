package io.assay.stream.contract;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of an event gives again when it sends the same event again: a CloudEvent's
 * source, id and type, else the idempotency key of the request and the place in it.
 */
public final class SentAs {
  private SentAs() {}

  /** Null where the headers say neither. */
  public static @Nullable String of(Headers headers) {
    return of(
        name -> {
          Header header = headers.lastHeader(name);
          return header == null ? null : header.value();
        });
  }

  /** Likewise, of headers by name. */
  public static @Nullable String of(Function<String, byte @Nullable []> headers) {
    String id = text(headers, HeaderNames.CLOUD_ID);
    String source = text(headers, HeaderNames.CLOUD_SOURCE);
    if (id != null && source != null) {
      String type = text(headers, HeaderNames.CLOUD_TYPE);
      // With lengths, so that no two can be read as one.
      return "ce "
          + source.length()
          + ' '
          + id.length()
          + ' '
          + source
          + id
          + (type == null ? "" : type);
    }
    String key = text(headers, HeaderNames.IDEMPOTENCY_KEY);
    return key == null ? null : "key " + key;
  }

  private static @Nullable String text(Function<String, byte @Nullable []> headers, String name) {
    byte[] value = headers.apply(name);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }
}
