package io.assay.assertion.scenario;

import io.assay.assertion.event.Coordinates;
import org.jspecify.annotations.Nullable;

/** What should be an event, as it came, with where it stood and when it was received. */
public final class Payload {
  /** Where the time of arrival is unknown, events count as received when they happened. */
  public static final long RECEIVED_UNKNOWN = Long.MIN_VALUE;

  private final byte[] bytes;
  private final Coordinates source;
  private final long received;
  private final @Nullable String trace;
  private final @Nullable String sentAs;
  private final boolean cut;

  private Payload(
      byte[] bytes,
      Coordinates source,
      long received,
      @Nullable String trace,
      @Nullable String sentAs,
      boolean cut) {
    this.bytes = bytes;
    this.source = source;
    this.received = received;
    this.trace = trace;
    this.sentAs = sentAs;
    this.cut = cut;
  }

  /**
   * @param bytes taken as they are, not copied
   * @param received nanoseconds since the epoch, or {@link #RECEIVED_UNKNOWN}
   * @param trace the W3C traceparent that came with it
   */
  public static Payload of(
      byte[] bytes, Coordinates source, long received, @Nullable String trace) {
    return new Payload(bytes, source, received, trace, null, false);
  }

  /** The same, with what its sender called it; null for nothing. */
  public Payload sentAs(@Nullable String name) {
    return new Payload(bytes, source, received, trace, name, cut);
  }

  /** One that is longer than any event may be, and was not read whole. */
  static Payload tooLong(byte[] beginning, Coordinates source) {
    return new Payload(beginning, source, RECEIVED_UNKNOWN, null, null, true);
  }

  byte[] bytes() {
    return bytes;
  }

  public Coordinates source() {
    return source;
  }

  long received() {
    return received;
  }

  @Nullable String trace() {
    return trace;
  }

  @Nullable String sentAs() {
    return sentAs;
  }

  boolean isCut() {
    return cut;
  }
}
