package io.assay.assertion.eval.term;

import io.assay.assertion.rule.Learned;
import io.assay.assertion.rule.Unusual;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleConsumer;

/**
 * How seldom a value this far out was, in the past: 1 where one in ten was, 2 one in a hundred, 3
 * one in a thousand; the idea of learned observation assertions (Kang et al., SIGMOD 2022).
 *
 * <p>{@code -log10} of the two-sided tail probability. Between percentiles it is linear; beyond the
 * outermost the hundredth is spread exponentially, with the mean that it had, so that what is
 * further out than anything seen is the more unusual the further it is.
 */
final class Improbability {
  /** Further out nothing was learned that could tell values apart. */
  static final double MOST = 15;

  private static final int LAST = Learned.PERCENTILES - 1;

  private final double[] percentiles = new double[Learned.PERCENTILES];
  private final double lowTail;
  private final double highTail;

  Improbability(List<?> numbers) {
    if (numbers.size() != Learned.PERCENTILES + 2) {
      throw new IllegalArgumentException(
          "what is usual has %d numbers, got %d"
              .formatted(Learned.PERCENTILES + 2, numbers.size()));
    }
    for (int i = 0; i < percentiles.length; i++) {
      percentiles[i] = number(numbers.get(i));
    }
    lowTail = number(numbers.get(Learned.PERCENTILES));
    highTail = number(numbers.get(Learned.PERCENTILES + 1));
  }

  private static double number(Object value) {
    return ((Number) Objects.requireNonNull(value)).doubleValue();
  }

  static Plan bind(TermCompiler compiler, Term.Call call) {
    DoubleTerm value = compiler.number(call.arguments().getFirst());
    Object given = ((Term.Constant) call.arguments().getLast()).value();
    if (call.overload().equals(Unusual.OBSERVED)) {
      DoubleConsumer told = (DoubleConsumer) given;
      return (DoubleTerm)
          frame -> {
            told.accept(finite(value.value(frame)));
            return 0;
          };
    }
    List<?> numbers = (List<?>) given;
    if (numbers.isEmpty()) {
      // Compiled to be learned: nothing is unusual yet.
      return (DoubleTerm) frame -> finite(value.value(frame)) * 0;
    }
    var usual = new Improbability(numbers);
    return (DoubleTerm) frame -> usual.of(finite(value.value(frame)));
  }

  private static double finite(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw NoValue.failed("'unusual' needs a finite number, got " + value);
    }
    return value;
  }

  double of(double x) {
    double tail = Math.min(1, 2 * Math.min(atMost(x), atLeast(x)));
    return Math.min(MOST, Math.max(0, -Math.log10(tail)));
  }

  /** The share of values that were x or less. */
  private double atMost(double x) {
    if (x < percentiles[0]) {
      return 0.01 * Math.exp(-(percentiles[0] - x) / lowTail);
    }
    int below = LAST;
    while (percentiles[below] > x) {
      below--;
    }
    double within =
        below == LAST
            ? 0
            : (x - percentiles[below]) / (percentiles[below + 1] - percentiles[below]);
    return (below + 1 + within) / 100;
  }

  /** The share of values that were x or more. */
  private double atLeast(double x) {
    if (x > percentiles[LAST]) {
      return 0.01 * Math.exp(-(x - percentiles[LAST]) / highTail);
    }
    int above = 0;
    while (percentiles[above] < x) {
      above++;
    }
    double within =
        above == 0 ? 0 : (percentiles[above] - x) / (percentiles[above] - percentiles[above - 1]);
    return (100 - (above + 1) + within) / 100;
  }
}
