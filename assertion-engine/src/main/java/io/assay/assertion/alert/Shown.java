package io.assay.assertion.alert;

import io.assay.assertion.event.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Figures as alerts show them. */
final class Shown {
  private static final MathContext THREE = new MathContext(3, RoundingMode.HALF_UP);

  private Shown() {}

  /** Three figures: {@code 2%}, {@code 33.3%}, {@code 0.05%}. */
  static String percent(double share) {
    BigDecimal shown =
        BigDecimal.valueOf(share).movePointRight(2).round(THREE).stripTrailingZeros();
    return (shown.scale() < 0 ? shown.setScale(0, RoundingMode.UNNECESSARY) : shown).toPlainString()
        + '%';
  }

  static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Whole seconds: of what is minutes long nobody wants more. */
  static String time(Duration time) {
    Duration shown =
        time.compareTo(Duration.ofSeconds(10)) < 0 ? time : Duration.ofSeconds(time.toSeconds());
    return Durations.print(shown.toNanos());
  }
}
