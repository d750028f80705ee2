package io.assay.stream.archive;

import java.time.Instant;
import java.util.List;

/**
 * What the archive has of a stream.
 *
 * @param from event time of the earliest event, nanoseconds since the epoch
 * @param to of the latest
 * @param holes where records were deleted from the topic before they were archived, or a segment is
 *     gone
 */
public record Holding(long from, long to, List<Hole> holes) {
  public Holding {
    holes = List.copyOf(holes);
  }

  /**
   * Records that are missing.
   *
   * @param after when the last one before them was received
   * @param before when the next one behind them was
   */
  public record Hole(
      int partition, long fromOffset, long untilOffset, Instant after, Instant before) {}
}
