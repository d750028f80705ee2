package io.assay.assertion.eval.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Span;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstantsTest {
  private static final Span SPAN = new Span("test", 1, 1, 0, 0);

  private static Term.Call upper(Term of) {
    return new Term.Call("upper_string", List.of(of), Basic.STRING, SPAN);
  }

  @Test
  void aCallOfConstantsIsWorkedOutOnce() {
    ReferenceTerm plan =
        new TermCompiler(java.util.Optional.empty())
            .value(upper(upper(new Term.Constant("car", Basic.STRING, SPAN))));
    Object first = plan.value(new Frame(0));
    assertThat(first).isEqualTo("CAR").isSameAs(plan.value(new Frame(0)));
  }

  @Test
  void whatHasNoValueSaysSoWhenItIsAsked() {
    var zero = new Term.Constant(0L, Basic.INT, SPAN);
    var one = new Term.Constant(1L, Basic.INT, SPAN);
    LongTerm plan =
        new TermCompiler(java.util.Optional.empty())
            .whole(new Term.Call("divide_int", List.of(one, zero), Basic.INT, SPAN));
    assertThatThrownBy(() -> plan.value(new Frame(0))).isInstanceOf(NoValue.class);
  }
}
