package io.assay.assertion.eval.term;

import io.assay.assertion.rule.ir.Term;

/** What an expression works out to whatever the event is. */
final class Constants {
  private static final Frame NOTHING = new Frame(0);

  private Constants() {}

  static boolean isConstant(Term term) {
    return switch (term) {
      case Term.Constant ignored -> true;
      case Term.Call call -> call.arguments().stream().allMatch(Constants::isConstant);
      case Term.Junction both -> isConstant(both.left()) && isConstant(both.right());
      case Term.Conditional choice ->
          isConstant(choice.condition())
              && isConstant(choice.then())
              && isConstant(choice.otherwise());
      case Term.InRange range ->
          isConstant(range.value()) && isConstant(range.low()) && isConstant(range.high());
      case Term.ListLiteral list -> list.elements().stream().allMatch(Constants::isConstant);
      case Term.MapLiteral map ->
          map.entries().stream().allMatch(e -> isConstant(e.key()) && isConstant(e.value()));
      case Term.SelectDynamic select -> isConstant(select.target());
      case Term.Has has -> isConstant(has.target());
      case Term.IsNull isNull -> isConstant(isNull.target());
      case Term.WhenPresent when -> isConstant(when.condition());
      case Term.Read ignored -> false;
      case Term.Select ignored -> false;
      case Term.Comprehension ignored -> false;
      case Term.Clusters ignored -> false;
    };
  }

  /** The same plan, its value or the reason why it has none already found. */
  static Plan folded(Plan plan) {
    try {
      return switch (plan) {
        case BoolTerm of -> {
          boolean truth = of.test(NOTHING);
          yield (BoolTerm) frame -> truth;
        }
        case LongTerm of -> {
          long whole = of.value(NOTHING);
          yield (LongTerm) frame -> whole;
        }
        case DoubleTerm of -> {
          double number = of.value(NOTHING);
          yield (DoubleTerm) frame -> number;
        }
        case ReferenceTerm of -> {
          Object value = of.value(NOTHING);
          yield (ReferenceTerm) frame -> value;
        }
      };
    } catch (NoValue e) {
      return failing(plan, e);
    }
  }

  private static Plan failing(Plan plan, NoValue reason) {
    return switch (plan) {
      case BoolTerm ignored ->
          (BoolTerm)
              frame -> {
                throw reason;
              };
      case LongTerm ignored ->
          (LongTerm)
              frame -> {
                throw reason;
              };
      case DoubleTerm ignored ->
          (DoubleTerm)
              frame -> {
                throw reason;
              };
      case ReferenceTerm ignored ->
          (ReferenceTerm)
              frame -> {
                throw reason;
              };
    };
  }
}
