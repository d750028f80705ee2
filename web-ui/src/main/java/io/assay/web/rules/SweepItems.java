package io.assay.web.rules;

import io.assay.assertion.rule.MovableLimit;
import io.assay.web.backtests.BacktestRow;
import io.assay.web.backtests.SweepPlan;
import io.assay.web.backtests.SweepResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Thresholds over past events as programs get them. */
final class SweepItems {
  private SweepItems() {}

  /**
   * What programs ask for.
   *
   * @param limit as {@code limits} names it; without it the first
   * @param low the least threshold, {@code high} the greatest, in the number's unit; without them
   *     half and twice of what it is
   * @param steps how many, 2 .. 20; 12
   * @param from event time, RFC 3339; {@code to}: before this
   */
  record Wanted(
      @Nullable String assertion,
      @Nullable String limit,
      @Nullable BigDecimal low,
      @Nullable BigDecimal high,
      @Nullable Integer steps,
      @Nullable Instant from,
      @Nullable Instant to) {}

  /** A number that may be moved. */
  record LimitItem(
      String id,
      String clause,
      String condition,
      BigDecimal value,
      String unit,
      boolean whole,
      String parameter,
      String file,
      int line) {
    static LimitItem of(MovableLimit limit) {
      return new LimitItem(
          limit.id(),
          limit.clause(),
          limit.condition(),
          limit.rounded(limit.value()),
          limit.unit(),
          limit.whole(),
          limit.parameter(),
          limit.span().source(),
          limit.span().line());
    }
  }

  /** A rule file with the threshold, to go on writing. */
  record Draft(String file, String text, long follows) {}

  /**
   * One sweep.
   *
   * @param generation of the rules that are judged
   * @param state {@code waiting}, {@code running}, {@code done}, {@code failed}, {@code cancelled}
   *     or {@code interrupted}
   * @param figures null until it is done, and in lists
   */
  record Item(
      String id,
      String assertion,
      String limit,
      String condition,
      String unit,
      BigDecimal active,
      List<BigDecimal> thresholds,
      long generation,
      Instant from,
      Instant to,
      String by,
      Instant asked,
      String state,
      int percent,
      long events,
      int attempts,
      @Nullable Instant ended,
      String trouble,
      @Nullable SweepResult figures) {
    static Item of(BacktestRow row, @Nullable SweepResult figures) {
      SweepPlan plan = Objects.requireNonNull(row.sweep(), "asked for as a sweep");
      return new Item(
          row.id(),
          plan.assertion(),
          plan.limit(),
          plan.condition(),
          plan.unit(),
          plan.active(),
          plan.values(),
          row.base(),
          row.from(),
          row.to(),
          row.by(),
          row.asked(),
          row.state().name().toLowerCase(Locale.ROOT),
          row.percent(),
          row.events(),
          row.attempts(),
          row.ended(),
          row.trouble(),
          figures);
    }
  }
}
