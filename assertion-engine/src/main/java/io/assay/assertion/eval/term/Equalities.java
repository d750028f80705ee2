package io.assay.assertion.eval.term;

import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Map;

/** {@code ==}, {@code !=}, {@code !}, {@code in} and what tells types apart. */
final class Equalities {
  private Equalities() {}

  static void register(Functions.Registry to) {
    for (String type : List.of("int", "timestamp", "duration")) {
      both(to, type, (c, t) -> whole(c.whole(t.get(0)), c.whole(t.get(1))));
    }
    for (String type : List.of("double", "length")) {
      both(to, type, (c, t) -> number(c.number(t.get(0)), c.number(t.get(1))));
    }
    both(to, "bool", (c, t) -> truth(c.bool(t.get(0)), c.bool(t.get(1))));
    both(
        to,
        "string",
        (c, t) ->
            TermCompiler.constant(t.get(1)) instanceof String text
                ? text(c.value(t.get(0)), text)
                : plain(c.value(t.get(0)), c.value(t.get(1))));
    both(to, "uint", (c, t) -> any(c.dynamic(t.get(0)), c.dynamic(t.get(1))));
    both(to, "dyn", (c, t) -> any(c.dynamic(t.get(0)), c.dynamic(t.get(1))));
    to.put(
        "not",
        (compiler, terms) -> {
          BoolTerm a = compiler.bool(terms.get(0));
          return (BoolTerm) frame -> !a.test(frame);
        });
    for (String of : List.of("in_list", "in_map", "in_dyn")) {
      to.put(of, Equalities::member);
    }
  }

  private interface Test {
    BoolTerm bind(TermCompiler compiler, List<Term> terms);
  }

  private static void both(Functions.Registry to, String type, Test test) {
    to.put("equals_" + type, test::bind);
    to.put(
        "not_equals_" + type,
        (compiler, terms) -> {
          BoolTerm equal = test.bind(compiler, terms);
          return (BoolTerm) frame -> !equal.test(frame);
        });
  }

  private static BoolTerm whole(LongTerm a, LongTerm b) {
    return frame -> a.value(frame) == b.value(frame);
  }

  private static BoolTerm number(DoubleTerm a, DoubleTerm b) {
    return frame -> a.value(frame) == b.value(frame);
  }

  private static BoolTerm truth(BoolTerm a, BoolTerm b) {
    return frame -> a.test(frame) == b.test(frame);
  }

  private static BoolTerm plain(ReferenceTerm a, ReferenceTerm b) {
    return frame -> a.value(frame).equals(b.value(frame));
  }

  private static BoolTerm text(ReferenceTerm a, String text) {
    return frame -> text.equals(a.value(frame));
  }

  private static BoolTerm any(ReferenceTerm a, ReferenceTerm b) {
    return frame -> Equality.equal(a.value(frame), b.value(frame));
  }

  private static BoolTerm member(TermCompiler compiler, List<Term> terms) {
    ReferenceTerm element = compiler.dynamic(terms.get(0));
    ReferenceTerm range = compiler.dynamic(terms.get(1));
    return frame -> {
      Object wanted = element.value(frame);
      return switch (range.value(frame)) {
        case List<?> list -> {
          for (Object candidate : list) {
            if (candidate != null && Equality.equal(candidate, wanted)) {
              yield true;
            }
          }
          yield false;
        }
        case Map<?, ?> map -> Equality.find(map, wanted) != null;
        case Object other -> throw Boxing.unexpected("a list or a map", other);
      };
    };
  }
}
