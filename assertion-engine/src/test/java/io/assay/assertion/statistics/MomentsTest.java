package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MomentsTest {
  private static final MathContext PLENTY = new MathContext(3000);

  static LongStream seeds() {
    return Splits.seeds();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void equalTheTrueValuesRoundedOnce(long seed) {
    double[] values = numbers(seed);

    Moments moments = of(values);

    BigDecimal n = BigDecimal.valueOf(values.length);
    BigDecimal sum =
        Arrays.stream(values).mapToObj(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal mean = sum.divide(n, PLENTY);
    BigDecimal spread =
        Arrays.stream(values)
            .mapToObj(value -> new BigDecimal(value).subtract(mean).pow(2, PLENTY))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal variance = spread.divide(n.subtract(BigDecimal.ONE), PLENTY);
    assertThat(moments.sum()).isEqualTo(sum.doubleValue());
    assertThat(moments.mean()).hasValue(mean.doubleValue());
    assertThat(moments.variance()).hasValue(variance.round(new MathContext(60)).doubleValue());
    assertThat(moments.min()).hasValue(Arrays.stream(values).min().orElseThrow());
    assertThat(moments.max()).hasValue(Arrays.stream(values).max().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void areTheSameInAnyOrderAndSplit(long seed) {
    List<Consumer<Moments>> events = new ArrayList<>();
    for (double value : numbers(seed)) {
      events.add(moments -> moments.add(value));
    }
    events.add(Moments::addMissing);
    events.add(moments -> moments.add(Double.NaN));
    events.add(moments -> moments.add(Double.NEGATIVE_INFINITY));

    Moments moments = Splits.agree(seed, Moments::new, Moments::read, events);

    assertThat(moments.missing()).isEqualTo(3);
    assertThat(moments.count()).isEqualTo(events.size() - 3);
  }

  @Test
  void loseNothingWhereRunningSumsLoseAll() {
    Moments moments = of(1e100, 1, -1e100, 1e-300, -1);

    assertThat(moments.sum()).isEqualTo(1e-300);
    assertThat(of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16).variance()).hasValue(30);
    assertThat(of(Double.MIN_VALUE, 0).mean()).hasValue(0);
    assertThat(of(Double.MIN_VALUE, Double.MIN_VALUE, Double.MIN_VALUE).mean())
        .hasValue(Double.MIN_VALUE);
    assertThat(of(Double.MAX_VALUE, Double.MAX_VALUE).mean()).hasValue(Double.MAX_VALUE);
    assertThat(of(Double.MAX_VALUE, Double.MAX_VALUE).sum()).isInfinite();
    assertThat(of(Double.MAX_VALUE, Double.MAX_VALUE).variance()).hasValue(0);
  }

  @Test
  void agreeWithWelfordWhereWelfordIsGood() {
    var random = new Random(1);
    double[] values = random.doubles(10_000).toArray();
    double mean = 0;
    double spread = 0;
    for (int i = 0; i < values.length; i++) {
      double off = values[i] - mean;
      mean += off / (i + 1);
      spread += off * (values[i] - mean);
    }

    assertThat(of(values).mean().orElseThrow()).isEqualTo(mean, within(1e-14));
    assertThat(of(values).variance().orElseThrow())
        .isEqualTo(spread / (values.length - 1), within(1e-14));
    assertThat(of(values).deviation().orElseThrow())
        .isEqualTo(Math.sqrt(spread / (values.length - 1)), within(1e-14));
  }

  @Test
  void areEmptyWithoutNumbers() {
    Moments none = Moments.read(new Moments().toBytes());

    assertThat(none.mean()).isEmpty();
    assertThat(none.min()).isEmpty();
    assertThat(none.max()).isEmpty();
    assertThat(none.sum()).isZero();
    assertThat(of(4).variance()).isEmpty();
  }

  @Test
  void refuseBytesThatAreNotTheirs() {
    byte[] bytes = of(1, 2.5).toBytes();
    byte[] otherVersion = bytes.clone();
    otherVersion[0] = 9;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Moments.read(otherVersion))
        .withMessage("moments needs version 1, got 9");
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatIllegalArgumentException().isThrownBy(() -> Moments.read(part));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Moments.read(Arrays.copyOf(bytes, bytes.length + 1)));
  }

  private static Moments of(double... values) {
    var moments = new Moments();
    DoubleStream.of(values).forEach(moments::add);
    return moments;
  }

  /** Of all sizes a double can have, near to each other or far apart, by the seed. */
  private static double[] numbers(long seed) {
    var random = new Random(seed);
    double[] values = new double[2 + random.nextInt(200)];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch ((int) (seed % 5)) {
            case 0 -> random.nextDouble();
            case 1 -> 1e12 + random.nextGaussian();
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(30) - 15);
            case 3 -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(2000) - 1020);
            default -> random.nextInt(5) * Double.MIN_VALUE;
          };
    }
    return values;
  }
}
