package io.assay.assertion.scenario;

import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.eval.term.TermCompiler;
import io.assay.assertion.event.None;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of the terms that tests are written with; each is compiled once. */
final class TermValues {
  /** Variables of macros; more of them nested within one another nobody writes in a test. */
  private static final int MOST_VARIABLES = 64;

  private final Frame frame;
  private final IdentityHashMap<Term, ReferenceTerm> plans = new IdentityHashMap<>();

  TermValues(Frame frame) {
    this.frame = frame;
  }

  /** Of a term without variables. */
  static Object constant(Term term) {
    return new TermValues(new Frame(MOST_VARIABLES)).of(term);
  }

  /**
   * @return as {@link Term.Constant} has values; a literal list is a List, a map is a Map
   * @throws IllegalArgumentException if the term has no value
   */
  Object of(Term term) {
    return switch (term) {
      case Term.Constant constant -> constant.value();
      case Term.ListLiteral list -> {
        List<Object> values = new ArrayList<>();
        list.elements().forEach(element -> values.add(of(element)));
        yield values;
      }
      case Term.MapLiteral map -> {
        Map<String, Object> values = new LinkedHashMap<>();
        map.entries().forEach(entry -> values.put(of(entry.key()).toString(), of(entry.value())));
        yield values;
      }
      default -> evaluated(term);
    };
  }

  private Object evaluated(Term term) {
    try {
      Object value = plans.computeIfAbsent(term, this::compile).value(frame);
      return value == None.NULL ? Term.Null.NULL : value;
    } catch (NoValue e) {
      throw new IllegalArgumentException("a test needs a value here, got " + e.reason(), e);
    }
  }

  private ReferenceTerm compile(Term term) {
    return new TermCompiler(Optional.empty()).value(term);
  }
}
