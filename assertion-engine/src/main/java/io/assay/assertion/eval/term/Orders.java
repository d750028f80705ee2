package io.assay.assertion.eval.term;

import java.util.List;

/** {@code <}, {@code <=}, {@code >} and {@code >=}. NaN is in no order. */
final class Orders {
  private Orders() {}

  /** What an order must be for the comparison to hold. */
  private enum Wanted {
    LESS("less"),
    LESS_EQUALS("less_equals"),
    GREATER("greater"),
    GREATER_EQUALS("greater_equals");

    private final String prefix;

    Wanted(String prefix) {
      this.prefix = prefix;
    }

    boolean holds(int order) {
      return switch (this) {
        case LESS -> order < 0;
        case LESS_EQUALS -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_EQUALS -> order >= 0;
      };
    }
  }

  static void register(Functions.Registry to) {
    for (Wanted wanted : Wanted.values()) {
      for (String type : List.of("int", "timestamp", "duration")) {
        to.put(
            wanted.prefix + "_" + type,
            (c, t) -> {
              LongTerm a = c.whole(t.get(0));
              return TermCompiler.constant(t.get(1)) instanceof Long limit
                  ? whole(wanted, a, limit)
                  : whole(wanted, a, c.whole(t.get(1)));
            });
      }
      for (String type : List.of("double", "length")) {
        to.put(
            wanted.prefix + "_" + type,
            (c, t) -> {
              DoubleTerm a = c.number(t.get(0));
              return TermCompiler.constant(t.get(1)) instanceof Double limit
                  ? number(wanted, a, limit)
                  : number(wanted, a, c.number(t.get(1)));
            });
      }
      to.put(
          wanted.prefix + "_int_double",
          (compiler, terms) -> {
            LongTerm a = compiler.whole(terms.get(0));
            DoubleTerm b = compiler.number(terms.get(1));
            return (BoolTerm) frame -> mixed(wanted, a.value(frame), b.value(frame), false);
          });
      to.put(
          wanted.prefix + "_double_int",
          (compiler, terms) -> {
            DoubleTerm a = compiler.number(terms.get(0));
            LongTerm b = compiler.whole(terms.get(1));
            return (BoolTerm) frame -> mixed(wanted, b.value(frame), a.value(frame), true);
          });
      for (String type :
          List.of(
              "bool",
              "uint",
              "string",
              "bytes",
              "int_uint",
              "uint_int",
              "uint_double",
              "double_uint",
              "dyn")) {
        to.put(
            wanted.prefix + "_" + type,
            (compiler, terms) -> {
              ReferenceTerm a = compiler.dynamic(terms.get(0));
              ReferenceTerm b = compiler.dynamic(terms.get(1));
              return (BoolTerm)
                  frame -> {
                    Object left = a.value(frame);
                    Object right = b.value(frame);
                    return !Equality.isUnordered(left, right)
                        && wanted.holds(Equality.order(left, right));
                  };
            });
      }
    }
  }

  private static boolean mixed(Wanted wanted, long whole, double number, boolean turned) {
    if (Double.isNaN(number)) {
      return false;
    }
    int order = Equality.compare(whole, number);
    return wanted.holds(turned ? -order : order);
  }

  private static BoolTerm whole(Wanted wanted, LongTerm a, LongTerm b) {
    return switch (wanted) {
      case LESS -> frame -> a.value(frame) < b.value(frame);
      case LESS_EQUALS -> frame -> a.value(frame) <= b.value(frame);
      case GREATER -> frame -> a.value(frame) > b.value(frame);
      case GREATER_EQUALS -> frame -> a.value(frame) >= b.value(frame);
    };
  }

  /** Against a limit that is known: one node less to ask. */
  private static BoolTerm whole(Wanted wanted, LongTerm a, long limit) {
    return switch (wanted) {
      case LESS -> frame -> a.value(frame) < limit;
      case LESS_EQUALS -> frame -> a.value(frame) <= limit;
      case GREATER -> frame -> a.value(frame) > limit;
      case GREATER_EQUALS -> frame -> a.value(frame) >= limit;
    };
  }

  private static BoolTerm number(Wanted wanted, DoubleTerm a, DoubleTerm b) {
    return switch (wanted) {
      case LESS -> frame -> a.value(frame) < b.value(frame);
      case LESS_EQUALS -> frame -> a.value(frame) <= b.value(frame);
      case GREATER -> frame -> a.value(frame) > b.value(frame);
      case GREATER_EQUALS -> frame -> a.value(frame) >= b.value(frame);
    };
  }

  private static BoolTerm number(Wanted wanted, DoubleTerm a, double limit) {
    return switch (wanted) {
      case LESS -> frame -> a.value(frame) < limit;
      case LESS_EQUALS -> frame -> a.value(frame) <= limit;
      case GREATER -> frame -> a.value(frame) > limit;
      case GREATER_EQUALS -> frame -> a.value(frame) >= limit;
    };
  }
}
