package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BinsTest {
  static LongStream seeds() {
    return Splits.seeds();
  }

  @Test
  void quantileBinsHoldEquallyManyOfTheirBaseline() {
    NumberBins bins = NumberBins.ofQuantiles(counts(1, 2, 3, 4, 5, 6, 7, 8), 4);

    assertThat(bins.size()).isEqualTo(5);
    assertThat(new double[] {bins.upTo(0), bins.upTo(1), bins.upTo(2)}).containsExactly(2, 4, 6);
    assertThat(bins.bin(2)).isZero();
    assertThat(bins.bin(2.0001)).isEqualTo(1);
    assertThat(bins.bin(-1e300)).isZero();
    assertThat(bins.bin(1e300)).isEqualTo(3);
    assertThat(bins.bin(Double.NaN)).isEqualTo(bins.missing()).isEqualTo(4);
  }

  @Test
  void aNumberThatIsRepeatedOftenEndsABin() {
    NumberBins bins = NumberBins.ofQuantiles(counts(0, 0, 0, 0, 0, 0, 1, 2), 4);

    assertThat(bins.size()).isEqualTo(3);
    assertThat(bins.bin(0)).isZero();
    assertThat(bins.bin(-0.0)).isZero();
    assertThat(bins.bin(0.5)).isEqualTo(1);
    assertThat(NumberBins.ofQuantiles(counts(7, 7, 7), 10).size()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void binsAreFrozenAlikeWhateverTheOrderOfTheBaseline(long seed) {
    List<Consumer<ValueCounts>> events = new ArrayList<>();
    for (double value : ValueCountsTest.numbers(seed, 3000)) {
      events.add(counts -> counts.add(value));
    }
    ValueCounts baseline =
        Splits.agree(seed, () -> new ValueCounts(256), ValueCounts::read, events);
    NumberBins bins = NumberBins.ofQuantiles(baseline, 10);

    var filled = new BinCounts(bins.size());
    for (double value : ValueCountsTest.numbers(seed, 3000)) {
      filled.add(bins.bin(value));
    }

    assertThat(NumberBins.read(bins.toBytes()).toBytes()).isEqualTo(bins.toBytes());
    for (int bin = 0; bin < bins.missing(); bin++) {
      assertThat(filled.count(bin)).isPositive();
    }
  }

  @Test
  void categoriesHaveABinEachAndTwoMore() {
    CategoryBins bins = CategoryBins.of(List.of("b", "a", "b"));

    assertThat(bins.size()).isEqualTo(4);
    assertThat(bins.bin("a")).isZero();
    assertThat(bins.bin("b")).isEqualTo(1);
    assertThat(bins.bin("c")).isEqualTo(bins.unseen()).isEqualTo(2);
    assertThat(bins.bin(null)).isEqualTo(bins.missing()).isEqualTo(3);
    assertThat(CategoryBins.read(bins.toBytes()).categories()).containsExactly("a", "b");
    assertThat(CategoryBins.of(Set.of("b", "a")).toBytes()).isEqualTo(bins.toBytes());
  }

  @Test
  void widthBinsCloseAtTheirUpperEdge() {
    NumberBins bins = NumberBins.ofWidth(0, 1, 10);

    assertThat(bins.bin(0)).isZero();
    assertThat(bins.bin(0.1)).isZero();
    assertThat(bins.bin(0.3)).isEqualTo(2);
    assertThat(bins.bin(Math.nextUp(0.3))).isEqualTo(3);
    assertThat(bins.bin(1)).isEqualTo(9);
    assertThatIllegalArgumentException().isThrownBy(() -> NumberBins.ofWidth(1, 1, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> NumberBins.ofWidth(0, 1, 0));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void countsAreTheSameInAnyOrderAndSplit(long seed) {
    var random = new Random(seed);
    List<Consumer<BinCounts>> events = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int bin = random.nextInt(12);
      events.add(counts -> counts.add(bin));
    }

    BinCounts counts = Splits.agree(seed, () -> new BinCounts(12), BinCounts::read, events);

    assertThat(counts.total()).isEqualTo(500);
  }

  @Test
  void edgesOutOfOrderAreRefused() {
    var out = new StatisticWriter(1).writeUnsigned(2).writeDouble(2).writeDouble(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NumberBins.read(out.toBytes()))
        .withMessageContaining("edges in order");
  }

  private static ValueCounts counts(double... values) {
    var counts = new ValueCounts(ValueCounts.USUAL_LIMIT);
    for (double value : values) {
      counts.add(value);
    }
    return counts;
  }
}
