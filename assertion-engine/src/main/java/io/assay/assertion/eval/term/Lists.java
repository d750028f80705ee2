package io.assay.assertion.eval.term;

import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is read out of lists, maps and vectors by place or key. */
final class Lists {
  private Lists() {}

  static void register(Functions.Registry to) {
    for (String of : List.of("index_list", "index_map", "index_vector", "index_dyn")) {
      to.put(of, Lists::index);
    }
  }

  private static ReferenceTerm index(TermCompiler compiler, List<Term> terms) {
    ReferenceTerm target = compiler.value(terms.get(0));
    ReferenceTerm index = compiler.dynamic(terms.get(1));
    return frame -> {
      Object at = index.value(frame);
      return switch (target.value(frame)) {
        case List<?> list -> Objects.requireNonNull(list.get(place(at, list.size())));
        case double[] vector -> vector[place(at, vector.length)];
        case Map<?, ?> map -> {
          @Nullable Object found = Equality.find(map, at);
          if (found == null) {
            throw NoValue.failed("no such key: " + at);
          }
          yield found;
        }
        case Object other -> throw Boxing.unexpected("a list or a map", other);
      };
    };
  }

  private static int place(Object at, int size) {
    long place =
        switch (at) {
          case Long whole -> whole;
          case Unsigned unsigned when unsigned.bits() >= 0 -> unsigned.bits();
          case Double number when number == Math.rint(number) -> number.longValue();
          default -> throw Boxing.unexpected("an index", at);
        };
    if (place < 0 || place >= size) {
      throw NoValue.failed("index %d is outside a list of %d".formatted(place, size));
    }
    return (int) place;
  }
}
