package io.assay.assertion.scenario;

import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.TermCompiler;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of the constant terms that tests are written with. */
final class Constants {
  /** Variables of macros; more of them nested within one another nobody writes in a test. */
  private static final int MOST_VARIABLES = 64;

  private Constants() {}

  /**
   * @return as {@link Term.Constant} has values; a literal list is a List, a map is a Map
   * @throws IllegalArgumentException if the term is no constant
   */
  static Object of(Term term) {
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

  /** Of constants that the checker has not folded, such as a call of {@code timestamp}. */
  private static Object evaluated(Term term) {
    try {
      return new TermCompiler(Optional.empty()).value(term).value(new Frame(MOST_VARIABLES));
    } catch (NoValue e) {
      throw new IllegalArgumentException("a test needs a constant here, got " + e.reason(), e);
    }
  }
}
