package io.assay.assertion.eval.term;

import io.assay.assertion.rule.ir.Term;

/** Works out once what no event changes: functions are pure. */
final class Constants {
  private static final Frame NO_VARIABLES = new Frame(0);

  private Constants() {}

  static boolean isConstant(Term term) {
    return switch (term) {
      case Term.Constant ignored -> true;
      case Term.Call call -> call.arguments().stream().allMatch(Constants::isConstant);
      case Term.ListLiteral list -> list.elements().stream().allMatch(Constants::isConstant);
      case Term.MapLiteral map ->
          map.entries().stream().allMatch(e -> isConstant(e.key()) && isConstant(e.value()));
      default -> false;
    };
  }

  /** The value, or the reason why there is none, of a plan that reads no variable. */
  static Plan folded(Plan plan) {
    try {
      return switch (plan) {
        case BoolTerm term -> {
          boolean value = term.test(NO_VARIABLES);
          yield (BoolTerm) frame -> value;
        }
        case LongTerm term -> {
          long value = term.value(NO_VARIABLES);
          yield (LongTerm) frame -> value;
        }
        case DoubleTerm term -> {
          double value = term.value(NO_VARIABLES);
          yield (DoubleTerm) frame -> value;
        }
        case ReferenceTerm term -> {
          Object value = term.value(NO_VARIABLES);
          yield (ReferenceTerm) frame -> value;
        }
      };
    } catch (NoValue none) {
      return without(plan, none);
    }
  }

  private static Plan without(Plan plan, NoValue none) {
    return switch (plan) {
      case BoolTerm ignored ->
          (BoolTerm)
              frame -> {
                throw none;
              };
      case LongTerm ignored ->
          (LongTerm)
              frame -> {
                throw none;
              };
      case DoubleTerm ignored ->
          (DoubleTerm)
              frame -> {
                throw none;
              };
      case ReferenceTerm ignored ->
          (ReferenceTerm)
              frame -> {
                throw none;
              };
    };
  }
}
