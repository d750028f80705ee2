package io.assay.web.backtests;

import io.assay.assertion.rule.MovableLimit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Which number of an assertion takes which values in turn.
 *
 * @param limit the id of the {@link MovableLimit}
 * @param condition in which it stands, as the rule has it
 * @param unit behind the numbers; empty for none
 * @param whole whether it has whole numbers only
 * @param active the value of the rules that are judged
 * @param values all that are tried, the active one among them, the least first; at most {@link
 *     #MOST}
 */
public record SweepPlan(
    String assertion,
    String limit,
    String condition,
    String unit,
    boolean whole,
    BigDecimal active,
    List<BigDecimal> values) {
  /** Each is judged and remembered beside the others. */
  public static final int MOST = 20;

  public SweepPlan {
    values = List.copyOf(values);
  }

  /**
   * Values at equal distances, both ends included, and the active one.
   *
   * @param steps how many values at most, 2 .. {@link #MOST}; whole numbers may be fewer
   * @throws IllegalArgumentException if low is not below high, or there are too few or too many
   */
  public static SweepPlan of(
      String assertion, MovableLimit limit, BigDecimal low, BigDecimal high, int steps) {
    if (low.compareTo(high) >= 0) {
      throw new IllegalArgumentException(
          "a range of thresholds needs a lower end below its upper end, got %s and %s"
              .formatted(low.toPlainString(), high.toPlainString()));
    }
    if (steps < 2 || steps > MOST) {
      throw new IllegalArgumentException(
          "thresholds to try: needs 2 .. %d, got %d".formatted(MOST, steps));
    }
    List<BigDecimal> values = new ArrayList<>();
    BigDecimal active = limit.rounded(limit.value());
    add(values, active);
    // The active one is one of them: of the others there are as many as are left.
    boolean between = low.compareTo(active) <= 0 && active.compareTo(high) <= 0;
    int others = between ? steps : steps - 1;
    for (int i = 0; i < others; i++) {
      double part = others == 1 ? 0 : (double) i / (others - 1);
      BigDecimal next = low.add(high.subtract(low).multiply(BigDecimal.valueOf(part)));
      add(values, limit.rounded(next));
    }
    if (values.size() > steps) {
      // The inner one next to the active one stands for it.
      values.remove(nearest(values, active));
    }
    values.sort(null);
    return new SweepPlan(
        assertion, limit.id(), limit.condition(), limit.unit(), limit.whole(), active, values);
  }

  private static void add(List<BigDecimal> values, BigDecimal value) {
    if (values.stream().noneMatch(one -> one.compareTo(value) == 0)) {
      values.add(value);
    }
  }

  private static int nearest(List<BigDecimal> values, BigDecimal active) {
    int nearest = 1;
    for (int i = 1; i < values.size(); i++) {
      if (distance(values.get(i), active).compareTo(distance(values.get(nearest), active)) < 0) {
        nearest = i;
      }
    }
    return nearest;
  }

  private static BigDecimal distance(BigDecimal one, BigDecimal other) {
    return one.subtract(other).abs();
  }

  /** A value with its unit, for people: {@code 500ms}, {@code 4 events}. */
  public String shown(BigDecimal value) {
    return unit.equals("events") ? value.toPlainString() + " events" : value.toPlainString() + unit;
  }
}
