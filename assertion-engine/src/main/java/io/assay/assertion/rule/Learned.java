package io.assay.assertion.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * What values an expression had in the past.
 *
 * @param expression as people read it
 * @param of which expression: {@link Unusual.Site#of()}
 * @param basis over what: {@link Unusual.Site#basis()}
 * @param count of the values that were seen
 * @param percentiles the first to the ninety-ninth
 * @param lowTail how far, in the mean, the lowest hundredth is below the first percentile
 * @param highTail how far, in the mean, the highest hundredth is above the ninety-ninth
 */
public record Learned(
    String assertion,
    String expression,
    String of,
    String basis,
    long count,
    double least,
    double greatest,
    double lowTail,
    double highTail,
    List<Double> percentiles) {
  public static final int PERCENTILES = 99;

  /** From fewer values nothing is learned: one in a hundred would be a guess. */
  public static final int FEWEST = 100;

  public Learned {
    percentiles = List.copyOf(percentiles);
    if (percentiles.size() != PERCENTILES) {
      throw new IllegalArgumentException(
          "needed %d percentiles, came %d".formatted(PERCENTILES, percentiles.size()));
    }
    for (int i = 1; i < PERCENTILES; i++) {
      if (!(percentiles.get(i - 1) <= percentiles.get(i))) {
        throw new IllegalArgumentException(
            "percentiles need an order, but %s stands before %s"
                .formatted(percentiles.get(i - 1), percentiles.get(i)));
      }
    }
    if (!(lowTail >= 0) || !(highTail >= 0)) {
      throw new IllegalArgumentException(
          "tails need widths of 0 or more, came %s and %s".formatted(lowTail, highTail));
    }
  }

  /** As {@link Unusual#OVERLOAD} takes them: percentiles, then the tails. */
  public List<Double> numbers() {
    List<Double> numbers = new ArrayList<>(percentiles);
    numbers.add(lowTail);
    numbers.add(highTail);
    return numbers;
  }
}
