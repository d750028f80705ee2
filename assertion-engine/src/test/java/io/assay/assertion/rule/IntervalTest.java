package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** What an interval says of a result holds of every result. */
class IntervalTest {
  private record Operation(BinaryOperator<Interval> intervals, DoubleBinaryOperator numbers) {}

  private static final Map<String, Operation> OPERATIONS =
      Map.of(
          "plus", new Operation(Interval::plus, Double::sum),
          "minus", new Operation(Interval::minus, (a, b) -> a - b),
          "times", new Operation(Interval::times, (a, b) -> a * b),
          "over", new Operation(Interval::over, (a, b) -> a / b),
          "least", new Operation(Interval::least, Math::min),
          "greatest", new Operation(Interval::greatest, Math::max));

  @Test
  void holdsWhateverComesOut() {
    var random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      Interval a = interval(random);
      Interval b = interval(random);
      double x = within(a, random);
      double y = within(b, random);
      OPERATIONS.forEach(
          (name, operation) -> {
            double result = operation.numbers().applyAsDouble(x, y);
            Interval range = operation.intervals().apply(a, b);
            assertThat(Double.isNaN(result) || (range.low() <= result && result <= range.high()))
                .as("%s of %s in %s and %s in %s is %s, in %s", name, x, a, y, b, result, range)
                .isTrue();
          });
      assertThat(a.absolute().low()).isLessThanOrEqualTo(Math.abs(x));
      assertThat(a.absolute().high()).isGreaterThanOrEqualTo(Math.abs(x));
    }
  }

  @Test
  void saysNothingOfADivisionByWhatMayBeNothing() {
    assertThat(Interval.of(1).over(new Interval(-1, 1))).isEqualTo(Interval.ANY);
    assertThat(Interval.of(0).times(Interval.ANY)).isEqualTo(Interval.ANY);
    assertThat(Interval.of(Double.NaN)).isEqualTo(Interval.ANY);
  }

  /** Whole numbers, so that ends meet; some ends are open. */
  private static Interval interval(Random random) {
    double low = random.nextInt(9) - 4;
    double high = low + random.nextInt(5);
    return new Interval(
        random.nextInt(10) == 0 ? Double.NEGATIVE_INFINITY : low,
        random.nextInt(10) == 0 ? Double.POSITIVE_INFINITY : high);
  }

  private static double within(Interval interval, Random random) {
    double low = Math.max(interval.low(), -1e6);
    double high = Math.min(interval.high(), 1e6);
    return random.nextInt(3) == 0 ? low : low + random.nextDouble() * (high - low);
  }
}
