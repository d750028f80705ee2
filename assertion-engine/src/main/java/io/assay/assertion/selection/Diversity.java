package io.assay.assertion.selection;

import java.time.Duration;

/**
 * Keeps picks from teaching the same thing twice.
 *
 * @param apart at most one pick of a subject (stream, key and identity) within this much event
 *     time, of any assertion; zero: no guard
 * @param proposals each pick is the farthest, of so many draws, from what was picked (greedy
 *     k-center) where there are embeddings; 1: the first draw is taken
 */
public record Diversity(Duration apart, int proposals) {
  /** Any two picks may be neighbours. */
  public static final Diversity NONE = new Diversity(Duration.ZERO, 1);

  public Diversity {
    if (apart.isNegative() || proposals < 1) {
      throw new IllegalArgumentException(
          "diversity needs a distance of at least 0 and proposals >= 1, got apart=%s proposals=%d"
              .formatted(apart, proposals));
    }
  }
}
