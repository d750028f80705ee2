package io.assay.stability;

import java.util.List;

/** Downstream disagreement: the share of predictions that differ between two models. */
public final class Churn {
  private Churn() {}

  public static double of(List<?> before, List<?> after) {
    if (before.size() != after.size() || before.isEmpty()) {
      throw new IllegalArgumentException(
          "churn needs predictions on the same inputs, got %d and %d"
              .formatted(before.size(), after.size()));
    }
    int differ = 0;
    for (int i = 0; i < before.size(); i++) {
      differ += before.get(i).equals(after.get(i)) ? 0 : 1;
    }
    return (double) differ / before.size();
  }
}
