package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCountsTest {
  static LongStream seeds() {
    return Splits.seeds();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void areTheSameInAnyOrderAndSplitAlsoBeyondTheLimit(long seed) {
    List<Consumer<ValueCounts>> events = new ArrayList<>();
    for (double value : numbers(seed, 400)) {
      events.add(counts -> counts.add(value));
    }
    events.add(ValueCounts::addMissing);
    events.add(counts -> counts.add(Double.POSITIVE_INFINITY));

    ValueCounts counts = Splits.agree(seed, () -> new ValueCounts(64), ValueCounts::read, events);

    assertThat(counts.count()).isEqualTo(400);
    assertThat(counts.missing()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void giveTheTrueQuantilesUpToTheLimit(long seed) {
    double[] values = numbers(seed, 300);
    ValueCounts counts = of(300, values);
    Arrays.sort(values);

    assertThat(counts.exact()).isTrue();
    for (double q : new double[] {0, 0.001, 0.1, 0.25, 0.5, 0.9, 0.999, 1}) {
      assertThat(counts.quantile(q)).hasValue(slowQuantile(values, q) + 0.0);
      assertThat(counts.sorted().rankError()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void boundTheTrueQuantilesBeyondTheLimit(long seed) {
    double[] values = numbers(seed, 20_000);
    ValueCounts counts = of(256, values);
    Arrays.sort(values);

    SortedCounts sorted = counts.sorted();
    assertThat(sorted.size()).isLessThanOrEqualTo(256);
    for (double q = 0; q <= 1; q += 1.0 / 64) {
      SortedCounts.Bounds bounds = sorted.bounds(q);
      assertThat(slowQuantile(values, q)).isBetween(bounds.low(), bounds.high());
      assertThat(counts.quantile(q).orElseThrow()).isBetween(bounds.low(), bounds.high());
    }
  }

  @Test
  void useTheCellsTheyMayHave() {
    var random = new Random(3);
    double[] uniform = random.doubles(100_000).toArray();
    double[] far = random.doubles(100_000).map(x -> 1e9 + x).toArray();

    assertThat(of(ValueCounts.USUAL_LIMIT, uniform).sorted().rankError()).isLessThan(0.005);
    assertThat(of(ValueCounts.USUAL_LIMIT, far).sorted().rankError()).isLessThan(0.0015);
    assertThat(of(ValueCounts.USUAL_LIMIT, uniform).toBytes().length).isLessThan(12_000);
  }

  @Test
  void takeTheLevelThatIsNeededAndNoHigher() {
    // 1, 2, 3 and 4 part in the last two bits of their mantissas' first four
    ValueCounts counts = of(2, 1, 2, 3, 4);

    assertThat(counts.exact()).isFalse();
    assertThat(counts.sorted().size()).isEqualTo(2);
    assertThat(counts.sorted().bounds(0.5).low()).isLessThanOrEqualTo(2);
    assertThat(of(4, 1, 2, 3, 4).exact()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
  void refuseQuantilesThatAreNone(double q) {
    assertThatIllegalArgumentException().isThrownBy(() -> of(4, 1).quantile(q));
  }

  @Test
  void haveNoQuantileWithoutNumbersAndOneZero() {
    assertThat(new ValueCounts(4).quantile(0.5)).isEmpty();
    assertThat(of(4, 0.0, -0.0).sorted().size()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new ValueCounts(4).merge(of(8, 1)));
  }

  static double slowQuantile(double[] sorted, double q) {
    for (int i = 0; i < sorted.length; i++) {
      if (i + 1 >= q * sorted.length) {
        return sorted[i];
      }
    }
    return sorted[sorted.length - 1];
  }

  private static ValueCounts of(int limit, double... values) {
    var counts = new ValueCounts(limit);
    for (double value : values) {
      counts.add(value);
    }
    return counts;
  }

  static double[] numbers(long seed, int size) {
    var random = new Random(seed);
    return random
        .doubles(size)
        .map(
            x ->
                switch ((int) (seed % 5)) {
                  case 0 -> x;
                  case 1 -> random.nextGaussian() * 1e6;
                  case 2 -> Math.exp(10 * random.nextGaussian());
                  case 3 -> 1e9 + x;
                  default -> (x < 0.5 ? -1 : 1) * Math.rint(20 * x) + 0.0;
                })
        .toArray();
  }
}
