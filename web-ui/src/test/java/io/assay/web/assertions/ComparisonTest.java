package io.assay.web.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.assertions.Comparison.Flags;
import io.assay.web.assertions.Comparison.Measured;
import io.assay.web.violations.Evidence.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  private static Value value(String expression, String value) {
    return new Value(expression, value, false);
  }

  private static Value limit(String expression, String value) {
    return new Value(expression, value, true);
  }

  private static Optional<Measured> read(Value... values) {
    return Comparison.of(Arrays.asList(values));
  }

  /** Flagged is what does not satisfy the condition, whichever side the threshold stands on. */
  @ParameterizedTest
  @CsvSource({
    "score >= 0.5, BELOW",
    "score > 0.5, UP_TO",
    "score <= 0.5, ABOVE",
    "score < 0.5, FROM",
    "0.5 >= score, ABOVE",
    "0.5 < score, UP_TO",
    "score >= 0.5 when present, BELOW"
  })
  void aConditionOfOneThreshold(String condition, Flags flags) {
    assertThat(read(value(condition, "false"), value("score", "0.2"), limit("0.5", "0.5")))
        .contains(new Measured(new Comparison(condition, flags, 0.5, false), 0.2));
  }

  @Test
  void aSideInBrackets() {
    assertThat(
            read(
                value("(a && b ? x : y) <= 3", "false"),
                value("a && b ? x : y", "4"),
                value("a && b", "true"),
                limit("3", "3")))
        .map(Measured::value)
        .contains(4.0);
  }

  @Test
  void timesAreSeconds() {
    Measured gap =
        read(
                value("gap", "200ms"),
                value("events", "2"),
                limit("absent less than", "500ms"),
                value("gap / 500ms", "0.4"))
            .orElseThrow();
    assertThat(gap.value()).isEqualTo(0.2);
    assertThat(gap.comparison())
        .isEqualTo(new Comparison("absent less than 500ms", Flags.BELOW, 0.5, true));
    assertThat(gap.comparison().shown(0.2)).isEqualTo("0.2 s");
    assertThat(read(value("lifetime", "1d 2min 3s"), limit("present less than", "3d")))
        .map(Measured::value)
        .contains(86_400.0 + 120 + 3);
    assertThat(read(value("events", "2"), limit("absent less than events", "3")))
        .contains(new Measured(new Comparison("absent less than 3", Flags.BELOW, 3, false), 2));
  }

  @Test
  void whatIsNoSuchComparisonIsNone() {
    List<Value> two =
        List.of(
            value("a >= 1 && b >= 2", "false"),
            value("a >= 1", "false"),
            value("a", "0"),
            limit("1", "1"));
    assertThat(Comparison.of(two)).isEmpty();
    assertThat(Comparison.of(List.of())).isEmpty();
    assertThat(read(value("name < \"5\"", "false"), value("name", "7"), limit("\"5\"", "5")))
        .isEmpty();
    assertThat(read(value("x >= 1", "false"), value("x", "•••"), limit("1", "1"))).isEmpty();
    assertThat(read(value("x >= 1", "false"), value("x", "Infinity"), limit("1", "1"))).isEmpty();
    assertThat(read(value("gap", "2"), limit("absent less than", "500ms"))).isEmpty();
  }
}
