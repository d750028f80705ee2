package io.assay.assertion.eval.term;

import static io.assay.assertion.eval.term.Evaluated.issue;
import static io.assay.assertion.eval.term.Evaluated.number;
import static io.assay.assertion.eval.term.Evaluated.reason;
import static io.assay.assertion.eval.term.Evaluated.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregatesTest {
  private static final String NONE = "[1.0].filter(x, x > 1.0)";

  @Test
  void anEmptyListHasOnlyASum() {
    for (String of : List.of("min", "max", "mean", "median", "argmax", "majority")) {
      assertThat(reason("%s(%s)".formatted(of, NONE))).as(of).isEqualTo("the list is empty");
    }
    assertThat(number("sum(%s)".formatted(NONE))).isZero();
    assertThat(value("top(%s, 2)".formatted(NONE))).isEqualTo(List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "min(%s)",
        "max(%s)",
        "mean(%s)",
        "median(%s)",
        "argmax(%s)",
        "top(%s, 1)",
        "majority(%s)"
      })
  void notANumberHasNoPlaceInAnOrder(String call) {
    for (String list : List.of("[0.0 / 0.0, 1.0]", "[1.0, 0.0 / 0.0]", "[0.0 / 0.0]")) {
      assertThat(reason(call.formatted(list))).isEqualTo("the list has NaN in it");
    }
  }

  @Test
  void theFirstOfEqualsIsTheGreatest() {
    assertThat(value("argmax([1, 3, 2, 3])")).isEqualTo(1L);
    assertThat(value("argmax([\"b\", \"a\"])")).isEqualTo(0L);
    assertThat(value("max([2min, 90s])")).isEqualTo(120_000_000_000L);
    assertThat(value("min([0.5, -0.25])")).isEqualTo(-0.25);
  }

  @Test
  void theMedianLiesHalfWayBetweenTheTwoInTheMiddle() {
    assertThat(number("median([3, 1, 2])")).isEqualTo(2);
    assertThat(number("median([4, 1])")).isEqualTo(2.5);
    assertThat(number("median([1.7e308, 1.7e308])")).isEqualTo(1.7e308);
    assertThat(value("median([1s, 4s])")).isEqualTo(2_500_000_000L);
    assertThat(value("median([1metres, 2km])")).isEqualTo(1000.5);
  }

  @Test
  void aMeanDoesNotOverflowWhereItsSumWould() {
    assertThat(number("mean([1.7e308, 1.7e308])")).isEqualTo(1.7e308);
    assertThat(number("mean([1, 2])")).isEqualTo(1.5);
    assertThat(value("mean([1s, 2s])")).isEqualTo(1_500_000_000L);
    assertThat(reason("sum([9223372036854775807, 1])")).isEqualTo("integer overflow");
  }

  @Test
  void theMostFrequentValueIsTheEarlierOneOfEquals() {
    assertThat(value("majority([\"van\", \"car\", \"car\", \"van\"])")).isEqualTo("van");
    assertThat(value("majority([1.0, 2.0, 2.0])")).isEqualTo(2.0);
    assertThat(value("majority([dyn(1), dyn(2), dyn(1.0)])")).isEqualTo(1L);
  }

  @Test
  void topTakesWhatThereIs() {
    assertThat(value("top([1, 3, 2], 2)")).isEqualTo(List.of(3L, 2L));
    assertThat(value("top([1], 5)")).isEqualTo(List.of(1L));
    assertThat(value("top([1], -1)")).isEqualTo(List.of());
  }

  @Test
  void onlyNumbersHaveAMeanAndOnlyOrderedValuesAGreatest() {
    assertThat(issue("mean([\"a\"])"))
        .isEqualTo(
            "mean takes (list of numbers) or (list<length>) or (list<duration>), got"
                + " (list<string>)");
    assertThat(issue("max([[1], [2]])"))
        .startsWith("max takes (list of values with an order) or (int, int)");
  }
}
