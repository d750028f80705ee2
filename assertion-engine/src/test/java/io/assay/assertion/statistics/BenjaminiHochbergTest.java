package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BenjaminiHochbergTest {
  static LongStream seeds() {
    return Splits.seeds();
  }

  /** The fifteen p-values of the paper's example: at 0.05 the first four are rejected. */
  @Test
  void rejectsWhatThePaperRejects() {
    double[] adjusted =
        BenjaminiHochberg.adjust(
            new double[] {
              0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
              0.4262, 0.5719, 0.6528, 0.7590, 1.0
            });

    assertThat(Arrays.stream(adjusted).filter(p -> p <= 0.05).count()).isEqualTo(4);
    assertThat(adjusted[14]).isOne();
    assertThat(adjusted[0]).isEqualTo(0.0001 * 15);
  }

  /** The procedure as the paper words it: reject up to the largest k with p(k) <= k a / m. */
  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithTheStepUpProcedure(long seed) {
    var random = new Random(seed);
    double[] p =
        random.doubles(1 + random.nextInt(40)).map(x -> Math.rint(40 * x * x) / 1000).toArray();
    double level = 0.01 + 0.1 * random.nextDouble();
    double[] sorted = p.clone();
    Arrays.sort(sorted);
    double largest = -1;
    for (int k = 1; k <= p.length; k++) {
      if (sorted[k - 1] <= k * level / p.length) {
        largest = sorted[k - 1];
      }
    }

    double[] adjusted = BenjaminiHochberg.adjust(p);

    for (int i = 0; i < p.length; i++) {
      assertThat(adjusted[i] <= level).isEqualTo(p[i] <= largest);
    }
  }

  @Test
  void takesNoneAndRefusesWhatIsNoPValue() {
    assertThat(BenjaminiHochberg.adjust(new double[] {})).isEmpty();
    assertThat(BenjaminiHochberg.adjust(new double[] {0.3})).containsExactly(0.3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BenjaminiHochberg.adjust(new double[] {Double.NaN}));
  }
}
