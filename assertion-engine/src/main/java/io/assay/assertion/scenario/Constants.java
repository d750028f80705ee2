package io.assay.assertion.scenario;

import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of the constant terms that tests are written with. */
final class Constants {
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
      default ->
          throw new IllegalArgumentException("a test needs a constant here, got an expression");
    };
  }
}
