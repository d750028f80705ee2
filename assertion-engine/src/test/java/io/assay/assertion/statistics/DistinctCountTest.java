package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctCountTest {
  static LongStream seeds() {
    return Splits.seeds();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isTheSameInAnyOrderAndSplit(long seed) {
    var random = new Random(seed);
    int kinds = random.nextBoolean() ? 100 : 5000;
    List<Consumer<DistinctCount>> events = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      int value = random.nextInt(kinds);
      events.add(distinct -> distinct.add(value));
    }

    DistinctCount distinct = Splits.agree(seed, DistinctCount::new, DistinctCount::read, events);

    assertThat(distinct.exact()).isEqualTo(kinds == 100);
  }

  @Test
  void isExactUpToFiveHundredAndTwelve() {
    var distinct = new DistinctCount();
    for (int i = 0; i < 5120; i++) {
      distinct.add("value " + i % 512);
    }

    assertThat(distinct.exact()).isTrue();
    assertThat(distinct.count()).isEqualTo(512);
  }

  /** 40 trials: the mean is off by a sixth of an error or less, the scatter is as stated. */
  @ParameterizedTest
  @ValueSource(ints = {600, 2_000, 9_000, 20_000, 300_000})
  void errsAsStatedAndOnNeitherSide(int kinds) {
    double sum = 0;
    double squares = 0;
    for (int trial = 0; trial < 40; trial++) {
      var distinct = new DistinctCount();
      for (int i = 0; i < kinds; i++) {
        if (trial % 2 == 0) {
          distinct.add((double) trial + i * 1e-3);
        } else {
          distinct.add((long) trial * kinds + i);
        }
      }
      double off = distinct.count() / kinds - 1;
      sum += off;
      squares += off * off;
    }
    assertThat(sum / 40).isEqualTo(0, within(3 * DistinctCount.RELATIVE_ERROR / Math.sqrt(40)));
    assertThat(Math.sqrt(squares / 40)).isLessThan(1.4 * DistinctCount.RELATIVE_ERROR);
  }

  @Test
  void spreadsTextsAsWellAsNumbers() {
    var distinct = new DistinctCount();
    for (int i = 0; i < 100_000; i++) {
      distinct.add("user-" + i);
    }

    assertThat(distinct.count() / 100_000).isEqualTo(1, within(3 * DistinctCount.RELATIVE_ERROR));
  }

  @Test
  void refusesBrokenRegisters() {
    byte[] few = {1, 3, 0, 0, 0};

    assertThatIllegalArgumentException().isThrownBy(() -> DistinctCount.read(few));
  }
}
