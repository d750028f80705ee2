package io.assay.assertion.eval.term;

import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Term.Macro;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Strings and sizes. */
final class Texts {
  private Texts() {}

  static void register(Functions.Registry to) {
    for (String of : List.of("string", "bytes", "list", "map", "dyn")) {
      to.put(
          "size_" + of,
          (compiler, terms) -> {
            if (terms.get(0) instanceof Term.Comprehension macro && macro.macro() == Macro.FILTER) {
              return Comprehensions.count(compiler, macro);
            }
            ReferenceTerm a = compiler.value(terms.get(0));
            return (LongTerm) frame -> size(a.value(frame));
          });
    }
    test(to, "contains_string", String::contains);
    test(to, "startsWith_string", String::startsWith);
    test(to, "endsWith_string", String::endsWith);
    text(to, "lower_string", text -> text.toLowerCase(Locale.ROOT));
    text(to, "upper_string", text -> text.toUpperCase(Locale.ROOT));
    text(to, "trim_string", String::strip);
    to.put("matches_string", Patterns::bind);
  }

  static long size(Object value) {
    return switch (value) {
      case String text -> text.codePointCount(0, text.length());
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case ByteBuffer bytes -> bytes.remaining();
      case double[] vector -> vector.length;
      default -> throw Boxing.unexpected("something with a size", value);
    };
  }

  static String string(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw Boxing.unexpected("a string", value);
  }

  private static void test(Functions.Registry to, String name, BiPredicate<String, String> test) {
    to.put(
        name,
        (compiler, terms) -> {
          ReferenceTerm a = compiler.value(terms.get(0));
          ReferenceTerm b = compiler.value(terms.get(1));
          return (BoolTerm) frame -> test.test(string(a.value(frame)), string(b.value(frame)));
        });
  }

  private static void text(Functions.Registry to, String name, UnaryOperator<String> change) {
    to.put(
        name,
        (compiler, terms) -> {
          ReferenceTerm a = compiler.value(terms.get(0));
          return (ReferenceTerm) frame -> change.apply(string(a.value(frame)));
        });
  }
}
