package io.assay.stream.serving;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A record as a serving stack wrote it, with what its topic says of it. */
public final class ServedRecord {
  public static final String CONTENT_TYPE = "content-type";

  /** Of a CloudEvent in an envelope. */
  public static final String STRUCTURED = "application/cloudevents+json";

  private final Map<String, String> headers;
  private final @Nullable String key;
  private final byte[] value;
  private final long timestampMillis;
  private final @Nullable Side side;
  private final boolean part;

  /**
   * @param headers with their last values; the case of their names says nothing
   * @param value not copied: it may be large, and nobody changes it
   * @param side which its topic is for; null where both come in one
   */
  public ServedRecord(
      Map<String, String> headers,
      @Nullable String key,
      byte[] value,
      long timestampMillis,
      @Nullable Side side) {
    this(headers, key, value, timestampMillis, side, false);
  }

  private ServedRecord(
      Map<String, String> headers,
      @Nullable String key,
      byte[] value,
      long timestampMillis,
      @Nullable Side side,
      boolean part) {
    this.headers = new TreeMap<>();
    headers.forEach((name, text) -> this.headers.put(name.toLowerCase(Locale.ROOT), text));
    this.key = key;
    this.value = value;
    this.timestampMillis = timestampMillis;
    this.side = side;
    this.part = part;
  }

  /** By names in lower case. */
  Map<String, String> headers() {
    return headers;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).filter(text -> !text.isEmpty());
  }

  Optional<String> key() {
    return Optional.ofNullable(key).filter(text -> !text.isEmpty());
  }

  /** One of a batch, as if it had come alone. */
  ServedRecord part(int from, int to) {
    Map<String, String> alone = new TreeMap<>(headers);
    alone.put(CONTENT_TYPE, STRUCTURED);
    byte[] own = Arrays.copyOfRange(value, from, to);
    return new ServedRecord(alone, key, own, timestampMillis, side, true);
  }

  /** Whether it came in a batch. */
  public boolean isPart() {
    return part;
  }

  /** As it came. */
  public byte[] value() {
    return value;
  }

  long timestampMillis() {
    return timestampMillis;
  }

  Optional<Side> side() {
    return Optional.ofNullable(side);
  }
}
