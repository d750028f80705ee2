package io.assay.web.firstrun;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is kept of numbers of which there may be many: the least, the greatest, and a sample in
 * which each of all is as likely (Vitter's algorithm R), the same for the same numbers.
 */
final class Numbers {
  private static final int MOST_KEPT = 1000;

  private final List<Double> sample = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(MOST_KEPT);
  private long count;
  private double least;
  private double greatest;

  /** One more. */
  void take(double value) {
    least = count == 0 ? value : Math.min(least, value);
    greatest = count == 0 ? value : Math.max(greatest, value);
    count++;
    if (sample.size() < MOST_KEPT) {
      sample.add(value);
    } else {
      long place = random.nextLong(count);
      if (place < MOST_KEPT) {
        sample.set((int) place, value);
      }
    }
  }

  /** Of none: 0. */
  double least() {
    return least;
  }

  /** Of none: 0. */
  double greatest() {
    return greatest;
  }

  /** The number that about so great a share is not above; of none: 0. */
  double quantile(double share) {
    if (sample.isEmpty()) {
      return 0;
    }
    List<Double> sorted = sample.stream().sorted().toList();
    return sorted.get((int) Math.round(share * (sorted.size() - 1)));
  }
}
