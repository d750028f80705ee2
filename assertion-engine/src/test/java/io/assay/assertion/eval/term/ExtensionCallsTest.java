package io.assay.assertion.eval.term;

import static io.assay.assertion.eval.term.Evaluated.issue;
import static io.assay.assertion.eval.term.Evaluated.number;
import static io.assay.assertion.eval.term.Evaluated.reason;
import static io.assay.assertion.eval.term.Evaluated.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Span;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExtensionCallsTest {
  @Test
  void aFunctionIsCalledLikeAnyOther() {
    assertThat(number("trial_geometric(2, 8.0)")).isEqualTo(4);
    assertThat(number("trial_square(1.5)")).isEqualTo(2.25);
    assertThat(number("trial_aspect(rect(0, 0, 4, 2))")).isEqualTo(2);
    assertThat(value("trial_first([\"a\", \"b\", \"c\"], 2)")).isEqualTo(List.of("a", "b"));
    assertThat(value("trial_later(timestamp(\"1970-01-01T00:00:01Z\"), 500ms)"))
        .isEqualTo(1_500_000_000L);
    assertThat(value("trial_get({\"a\": 7}, \"a\")")).isEqualTo(7L);
  }

  @Test
  void whatItThrowsAndWhatIsNotThereLeaveNoValue() {
    assertThat(reason("trial_square(1e9)"))
        .isEqualTo("trial_square failed: IllegalArgumentException: too large");
    assertThat(reason("trial_aspect(rect(0, 0, 4, 0))")).isEqualTo("trial_aspect gave nothing");
    assertThat(reason("trial_get({\"a\": 7}, \"b\")")).isEqualTo("trial_get gave nothing");
    assertThat(reason("trial_first([\"a\"], 4294967296)"))
        .isEqualTo("trial_first failed: ArithmeticException: integer overflow");
    assertThat(reason("trial_first([\"a\"], 2)")).startsWith("trial_first failed: ");
    assertThat(value("true || trial_square(1e9) > 1.0")).isEqualTo(true);
  }

  @Test
  void whatCannotWorkAtAllIsNoMatterOfTheEvent() {
    var local = new Local("more", Basic.BOOL, 0);
    var call =
        new Term.Call(
            "trial_endless(bool)@1",
            List.of(new Term.Read(local, Span.NONE)),
            Basic.BOOL,
            Span.NONE);
    BoolTerm plan = new TermCompiler(Optional.empty()).bool(call);
    Frame frame = new Frame(1);
    frame.setLong(local, 1);
    assertThatThrownBy(() -> plan.test(frame))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("trial_endless failed: StackOverflowError");
  }

  @Test
  void argumentsAreCheckedByTheMethodsTypes() {
    assertThat(issue("trial_aspect(1.0)")).isEqualTo("trial_aspect takes (rect), got (double)");
    assertThat(issue("trial_squar(1.0)"))
        .isEqualTo("unknown function 'trial_squar'; did you mean 'trial_square'?");
  }

  @Test
  void anExtensionThatIsNotHereIsNamed() {
    var call = new Term.Call("gone(double)@1", List.of(), Basic.DOUBLE, Span.NONE);
    assertThatThrownBy(() -> new TermCompiler(Optional.empty()).compile(call))
        .hasMessage("function gone(double)@1 is not here: its extension is not installed");
  }
}
