package io.assay.assertion.eval.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Span;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions take values of {@code dyn} and look at them when they are there. */
class KnownTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "lower(dyn('ABC'))                                  | abc",
        "dyn('abc').startsWith('a')                         | true",
        "'abc'.contains(dyn('b'))                           | true",
        "dyn('a-b').split('-').size()                       | 2",
        "!dyn(false)                                        | true",
        "sqrt(dyn(16.0))                                    | 4.0",
        "sqrt(dyn(16))                                      | 4.0",
        "rect(dyn(1), 2, 3.0, dyn(4.0)).width                | 3.0",
        "iou(dyn(rect(0, 0, 2, 2)), rect(0, 0, 2, 2))       | 1.0",
        "top(dyn([3, 1, 2]), 2).size()                      | 2",
        "mean(dyn([1, 2]))                                  | 1.5",
        "entropy({'a': 1.0, 'b': dyn(1.0)})                 | 1.0",
        "hour(dyn(timestamp('2026-01-31T12:00:00Z')))       | 12",
        "dyn(timestamp('2026-01-31T12:34:00Z')).getMinutes() | 34",
        "dyn(duration('90m')).getHours()                    | 1",
        "dyn(duration('-1500ms')).getMilliseconds()         | -500",
      })
  void aValueOfTheTypeThatIsNeededIsTaken(String expression, String value) {
    assertThat(Evaluated.value(expression)).asString().isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "lower(dyn(1))                | needed a string, got int",
        "dyn(1).startsWith('a')       | needed a string, got int",
        "lower(dyn(null))             | needed a string, got null",
        "!dyn('yes')                  | needed a bool, got string",
        "sqrt(dyn('16'))              | needed a double, got string",
        "hour(dyn(12))                | needed a timestamp, got int",
        "area(dyn([1, 2, 3, 4]))      | needed a rect, got list",
        "top(dyn('abc'), 2)           | needed a list, got string",
        "abs(dyn('x'))                | needed a number or a duration, got string",
        "dyn('x').getHours()          | needed a timestamp or a duration, got string",
      })
  void anotherValueIsUndecided(String expression, String reason) {
    assertThat(Evaluated.reason(expression)).isEqualTo(reason);
  }

  /** Where several types are taken, the first that came to mind would refuse the others. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "abs(dyn(-3))                                                  | 3",
        "abs(dyn(-2.5))                                                | 2.5",
        "abs(dyn(duration('-2s'))) == 2s                               | true",
        "max(dyn(2), dyn(2.5))                                         | 2.5",
        "min(dyn(2), 3)                                                | 2",
        "max(dyn(duration('1s')), 2s) == 2s                            | true",
        "distance(dyn(rect(0, 0, 2, 2)), rect(3, 4, 2, 2))             | 5.0",
        "distance(dyn(center(rect(0, 0, 2, 2))), center(rect(3, 4, 2, 2))) | 5.0",
        "interpolate(dyn(1), dyn(3), 0.5)                              | 2.0",
        "interpolate(0.0, 4.0, dyn(0.25))                              | 1.0",
      })
  void theTypeThatCameSaysWhichFunctionItIs(String expression, String value) {
    assertThat(Evaluated.value(expression)).asString().isEqualTo(value);
  }

  @Test
  void unlikeValuesHaveNoOrderAndNoDistance() {
    assertThat(Evaluated.reason("max(dyn(5), 2s)")).startsWith("no order between int and");
    assertThat(Evaluated.reason("distance(dyn(rect(0, 0, 2, 2)), dyn([1.0, 2.0]))"))
        .startsWith("needed two boxes or two vectors");
    assertThat(Evaluated.value("max(dyn(0.0) / 0.0, dyn(1))")).isEqualTo(Double.NaN);
  }

  @Test
  void whatNoValueCouldBeIsStillRefused() {
    assertThat(Evaluated.issue("lower(1)")).startsWith("lower takes (string), got (int)");
    assertThat(Evaluated.issue("dyn('a').contains(1)")).contains("got (dyn, int)");
  }

  @Test
  void aListOfDynamicValuesIsOfWhatItHolds() {
    assertThat(Evaluated.value("[dyn('A'), dyn('B')].map(x, lower(x))"))
        .isEqualTo(List.of("a", "b"));
  }

  @Test
  void evidenceShowsWhatTheRuleSays() {
    Term dynamic = new Term.Call("to_dyn", List.of(text("A")), Basic.DYN, Span.NONE);
    Term known = new Term.Call("known_string", List.of(dynamic), Basic.STRING, Span.NONE);
    Term lower = new Term.Call("lower_string", List.of(known), Basic.STRING, Span.NONE);
    assertThat(TermText.of(lower)).isEqualTo("lower(dyn(\"A\"))");
  }

  private static Term text(String text) {
    return new Term.Constant(text, Basic.STRING, Span.NONE);
  }
}
