package io.assay.cli;

import io.assay.assertion.scenario.Rate;
import java.util.Locale;

/** Shares as people read them. */
final class Percents {
  private Percents() {}

  static String of(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** With its sign. */
  static String signed(double share) {
    return String.format(Locale.ROOT, "%+.2f %%", 100 * share);
  }

  /** Differences of shares are points: 2 % is 1 point more than 1 %, and twice as much. */
  static String points(double difference) {
    return String.format(Locale.ROOT, "%+.2f", 100 * difference);
  }

  /** Nothing where nothing was judged. */
  static String inBrackets(Rate rate) {
    return rate.value().isPresent() ? " (" + of(rate.value().getAsDouble()) + ")" : "";
  }
}
