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
 * @param mostWaitingBytes what may wait in one task; the oldest are put aside before there is more
 */
public record PairingSettings(
    String project,
    StreamType stream,
    Serving serving,
    Topics topics,
    int partitions,
    Duration idleAfter,
    long mostWaitingBytes) {
  public static final long DEFAULT_MOST_WAITING_BYTES = 256L << 20;

  public PairingSettings {
    if (partitions < 1 || idleAfter.isNegative() || mostWaitingBytes < 1) {
      throw new IllegalArgumentException(
          "pairing needs partitions >= 1, idle after 0 s or more and bytes >= 1, got %d, %s and %d"
              .formatted(partitions, idleAfter, mostWaitingBytes));
    }
  }

  /** Rounded up: a limit shorter than a timestamp tells is one millisecond. */
  long withinMillis() {
    return Math.ceilDiv(serving.withinNanos(), 1_000_000L);
  }
}
