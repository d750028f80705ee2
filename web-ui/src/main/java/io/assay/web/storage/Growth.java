package io.assay.web.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How fast a size changes: the median of the slopes between all pairs of samples (Theil and Sen). A
 * cleaning up that takes much at once, and what someone copied there for an hour, move it little.
 *
 * @param perDay bytes a day, below zero where it becomes less; empty where the samples are of too
 *     short a time to say
 * @param over the time that they are of
 */
public record Growth(OptionalDouble perDay, Duration over) {
  /** What a shorter history says is mostly chance. */
  public static final Duration LEAST = Duration.ofHours(1);

  private static final int FEWEST = 4;
  private static final double DAY = Duration.ofDays(1).toMillis();

  /** A size at a time. */
  public record Point(Instant at, long bytes) {}

  /** Of samples in any order; O(n²) time and space, for some hundred of them. */
  public static Growth of(List<Point> points) {
    if (points.isEmpty()) {
      return new Growth(OptionalDouble.empty(), Duration.ZERO);
    }
    List<Point> sorted = points.stream().sorted((a, b) -> a.at().compareTo(b.at())).toList();
    Duration over = Duration.between(sorted.getFirst().at(), sorted.getLast().at());
    if (sorted.size() < FEWEST || over.compareTo(LEAST) < 0) {
      return new Growth(OptionalDouble.empty(), over);
    }
    return new Growth(OptionalDouble.of(median(slopes(sorted))), over);
  }

  private static double[] slopes(List<Point> sorted) {
    int n = sorted.size();
    double[] slopes = new double[n * (n - 1) / 2];
    int filled = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        long millis = Duration.between(sorted.get(i).at(), sorted.get(j).at()).toMillis();
        if (millis > 0) {
          slopes[filled++] = (sorted.get(j).bytes() - sorted.get(i).bytes()) / (millis / DAY);
        }
      }
    }
    return Arrays.copyOf(slopes, filled);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
