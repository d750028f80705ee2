package io.assay.web.rules;

import io.assay.assertion.weaklabel.Reviews;
import io.assay.web.backtests.SweepPlan;
import io.assay.web.backtests.SweepResult;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of several thresholds, as pages show it.
 *
 * @param lines the least threshold first
 * @param chosen the one that was asked for, or else the active one
 * @param perDay whether notices are told by the day; else there is less than a day
 */
record SweepLines(SweepPlan plan, SweepResult told, List<Line> lines, Line chosen, boolean perDay) {

  /**
   * One threshold.
   *
   * @param at as an address has it; {@code shown}: with its unit
   * @param alerts notices that say that it fires, a day or in the range
   * @param precision of its violations how many people called errors, in percent; empty where
   *     nobody has looked at one; {@code interval}: its bounds with probability 0.9
   * @param found of what is known to be right, how much it finds, in percent; empty where nothing
   *     is; {@code foundInterval} likewise
   * @param missed of what is known to be right, how many it does not find
   */
  record Line(
      String at,
      String shown,
      boolean active,
      long violations,
      long episodes,
      String alerts,
      long right,
      long wrong,
      String precision,
      String interval,
      String found,
      String foundInterval,
      long missed,
      @Nullable String error) {
    static Line of(SweepPlan plan, SweepResult told, SweepResult.Point point) {
      Reviews found = told.found(point);
      Double perDay = point.pagesPerDay();
      return new Line(
          point.threshold().toPlainString(),
          plan.shown(point.threshold()),
          point.active(),
          point.violations(),
          point.episodes(),
          perDay == null
              ? Long.toString(point.pages())
              : String.format(Locale.ROOT, "%.1f", perDay),
          point.right(),
          point.wrong(),
          share(point.reviews()),
          interval(point.reviews()),
          share(found),
          interval(found),
          found.wrong(),
          point.error());
    }

    private static String share(Reviews reviews) {
      return reviews.counted() == 0 ? "" : whole((double) reviews.right() / reviews.counted());
    }

    private static String interval(Reviews reviews) {
      return reviews
          .interval()
          .map(one -> whole(one.low()) + " – " + whole(one.high()) + " %")
          .orElse("");
    }

    private static String whole(double share) {
      return String.format(Locale.ROOT, "%.0f", 100 * share);
    }
  }

  static SweepLines of(SweepPlan plan, SweepResult told, Optional<BigDecimal> asked) {
    List<Line> lines = told.points().stream().map(point -> Line.of(plan, told, point)).toList();
    BigDecimal wanted = asked.orElse(plan.active());
    Line chosen =
        lines.stream()
            .min(Comparator.comparing(line -> new BigDecimal(line.at()).subtract(wanted).abs()))
            .orElseThrow();
    boolean perDay = told.points().stream().anyMatch(point -> point.pagesPerDay() != null);
    return new SweepLines(plan, told, lines, chosen, perDay);
  }

  /** Where a slider begins and ends. */
  public String low() {
    return lines.getFirst().at();
  }

  public String high() {
    return lines.getLast().at();
  }

  /** Of a slider: the finest that tells the thresholds apart. */
  public String step() {
    if (plan.whole()) {
      return "1";
    }
    double range = new BigDecimal(high()).subtract(new BigDecimal(low())).doubleValue();
    double hundredth = range / 200;
    return hundredth > 0
        ? BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(hundredth))).toPlainString()
        : "any";
  }

  public String active() {
    return plan.shown(plan.active());
  }

  /** The place of the active threshold among the lines, from 0. */
  public int activeAt() {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).active()) {
        return i;
      }
    }
    return -1;
  }
}
