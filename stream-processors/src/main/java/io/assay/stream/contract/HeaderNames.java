package io.assay.stream.contract;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Headers of records in Assay's topics; all values are UTF-8 text. */
public final class HeaderNames {
  public static final String PROJECT = "project";
  public static final String STREAM = "stream";
  public static final String ASSERTION = "assertion";

  /** Milliseconds since the epoch. */
  public static final String EVENT_TIME = "event-time";

  /** {@code topic-partition@offset} of the deciding event. */
  public static final String SOURCE = "source";

  /** W3C trace context, as it came. */
  public static final String TRACEPARENT = "traceparent";

  /** The generation of the rules that judged. */
  public static final String RULE_VERSION = "rule-version";

  /** Of CloudEvents' binding to Kafka. */
  public static final String CLOUD_ID = "ce_id";

  public static final String CLOUD_SOURCE = "ce_source";
  public static final String CLOUD_TYPE = "ce_type";

  /** Of an event that came over HTTP in a request with such a key: the key and its place there. */
  public static final String IDEMPOTENCY_KEY = "idempotency-key";

  public static final String CAUSE = "cause";
  public static final String DETAIL = "detail";
  public static final String REASON = "reason";
  public static final String TOPIC = "topic";
  public static final String PARTITION = "partition";
  public static final String OFFSET = "offset";

  /** Milliseconds since the epoch at which the record had reached its own topic. */
  public static final String RECEIVED = "received";

  /** How long a value was that was too large to be kept. */
  public static final String LEFT_OUT = "left-out";

  /** Before the names of the headers that the record had when it came. */
  public static final String ORIGINAL = "original.";

  /** Of a record that was put aside and sent once more: {@code topic-partition@offset} there. */
  public static final String REPLAY_OF = "replay-of";

  /** Of a violation: where it comes from, if not from judging as events came. */
  public static final String ORIGIN = "origin";

  /** An {@link #ORIGIN}: an event that was put aside was judged in its key's history. */
  public static final String ORIGIN_REPAIR = "repair";

  private HeaderNames() {}

  /** The last header of a name as text; null where there is none. */
  public static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** The last header of a name as text, or {@code otherwise}. */
  public static String text(Headers headers, String name, String otherwise) {
    String found = text(headers, name);
    return found == null ? otherwise : found;
  }

  /** The last header of a name as a number, or {@code otherwise} where there is none. */
  public static long number(Headers headers, String name, long otherwise) {
    String found = text(headers, name);
    if (found == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(found);
    } catch (NumberFormatException other) {
      return otherwise;
    }
  }

  public static void put(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  static void put(Headers headers, String name, long value) {
    put(headers, name, Long.toString(value));
  }
}
