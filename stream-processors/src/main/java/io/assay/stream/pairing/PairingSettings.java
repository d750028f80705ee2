package io.assay.stream.pairing;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.Serving;
import io.assay.stream.contract.Topics;
import java.time.Duration;

/**
 * How a serving stack's records become a stream's events.
 *
 * @param partitions of the internal topic that brings both halves together
 * @param idleAfter how long nothing must have come before the clock alone decides
 * @param patience how much longer than the limit a half waits by the clock: a transaction that a
 *     killed process left open hides what is behind it until the broker ends it
 * @param mostWaitingBytes what may wait in one task; the oldest are put aside before there is more
 */
public record PairingSettings(
    String project,
    StreamType stream,
    Serving serving,
    Topics topics,
    int partitions,
    Duration idleAfter,
    Duration patience,
    long mostWaitingBytes) {
  /** Kafka Streams' transactions end after 10 s, and the broker looks every 10 s. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

  public static final long DEFAULT_MOST_WAITING_BYTES = 256L << 20;

  public PairingSettings {
    if (partitions < 1 || idleAfter.isNegative() || patience.isNegative() || mostWaitingBytes < 1) {
      throw new IllegalArgumentException(
          "pairing needs partitions >= 1, idle after and patience of 0 s or more and bytes >= 1, got %d, %s, %s and %d"
              .formatted(partitions, idleAfter, patience, mostWaitingBytes));
    }
  }

  /** Rounded up: a limit shorter than a timestamp tells is one millisecond. */
  long withinMillis() {
    return Math.ceilDiv(serving.withinNanos(), 1_000_000L);
  }

  /** How long a half waits by the clock. */
  long waitMillis() {
    return withinMillis() + patience.toMillis();
  }
}
