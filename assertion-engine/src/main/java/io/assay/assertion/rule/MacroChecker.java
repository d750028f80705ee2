package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Term.Macro;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks what looks like a call and declares variables of its own, or looks at a field's presence.
 */
final class MacroChecker {
  private static final Map<String, Macro> MACROS =
      Map.of(
          "all", Macro.ALL,
          "exists", Macro.EXISTS,
          "exists_one", Macro.EXISTS_ONE,
          "filter", Macro.FILTER,
          "map", Macro.MAP);

  private final ExpressionChecker checker;
  private final boolean pure;

  /** {@code pure}: CEL alone. */
  MacroChecker(ExpressionChecker checker, boolean pure) {
    this.checker = checker;
    this.pure = pure;
  }

  /** Whether a list has a macro of the name. */
  static boolean isName(String name) {
    return MACROS.containsKey(name);
  }

  /** Empty where it is none. */
  Optional<Term> macro(Expr.Call e, Scope scope) {
    String name = e.function().text();
    if (e.target() != null) {
      Macro macro = MACROS.get(name);
      return macro == null
          ? Optional.empty()
          : Optional.of(comprehension(e, macro, e.target(), scope));
    }
    return switch (name) {
      case "has" -> Optional.of(has(e, scope));
      case "clusters" -> pure ? Optional.empty() : Optional.of(clusters(e, scope));
      default -> Optional.empty();
    };
  }

  private Term comprehension(Expr.Call e, Macro macro, Expr target, Scope scope) {
    Term range = checker.check(target, scope);
    String name = e.function().text();
    int parts = e.arguments().size();
    boolean fits = parts == 2 || (parts == 3 && macro == Macro.MAP);
    if (!fits || variable(e.arguments().get(0)) == null) {
      return checker.error(
          IssueCode.BAD_MACRO,
          e.span(),
          "'%s' takes a variable and %s"
              .formatted(name, macro == Macro.MAP ? "what to make of it" : "a condition"),
          Optional.of(
              "as in: list.%s(e, %s)"
                  .formatted(name, macro == Macro.MAP ? "e.score" : "e.score > 0.5")));
    }
    Scope inner = scope.child();
    Type element = element(range, name);
    Local variable = inner.declare(String.valueOf(variable(e.arguments().get(0))), element);
    if (macro == Macro.MAP) {
      Term predicate =
          parts == 3
              ? condition(e.arguments().get(1), inner, name)
              : new Term.Constant(true, Basic.BOOL, e.span());
      Term result = checker.check(e.arguments().get(parts - 1), inner);
      return new Term.Comprehension(
          macro, variable, range, predicate, result, new Type.ListOf(result.type()), e.span());
    }
    Term predicate = condition(e.arguments().get(1), inner, name);
    Type type = macro == Macro.FILTER ? new Type.ListOf(element) : Basic.BOOL;
    return new Term.Comprehension(macro, variable, range, predicate, predicate, type, e.span());
  }

  private Term condition(Expr expr, Scope scope, String macro) {
    return checker.check(expr, scope, Basic.BOOL, "the condition of '%s'".formatted(macro));
  }

  private Type element(Term range, String macro) {
    return switch (range.type()) {
      case Type.ListOf list -> list.element();
      case Type.MapOf map -> map.key();
      case Basic basic when basic == Basic.DYN || basic == Basic.UNKNOWN -> basic;
      default ->
          checker
              .error(
                  IssueCode.WRONG_TYPE,
                  range.span(),
                  "'%s' goes over a list or a map, got %s"
                      .formatted(macro, TypeText.aOrAn(range.type())))
              .type();
    };
  }

  private static @Nullable String variable(Expr expr) {
    return expr instanceof Expr.Ident ident && !ident.absolute() ? ident.name() : null;
  }

  private Term has(Expr.Call e, Scope scope) {
    if (e.arguments().size() == 1 && e.arguments().get(0) instanceof Expr.Select select) {
      Term field = checker.check(select, scope);
      return switch (field) {
        case Term.Select s -> new Term.Has(s.target(), s.field().name(), e.span());
        case Term.SelectDynamic s -> new Term.Has(s.target(), s.name(), e.span());
        default ->
            field.type() == Basic.UNKNOWN
                ? field
                : checker.error(
                    IssueCode.BAD_MACRO, e.span(), "'has' asks for a field of a record or a map");
      };
    }
    if (!pure
        && e.arguments().size() == 1
        && e.arguments().get(0) instanceof Expr.Ident ident
        && checker.check(ident, scope) instanceof Term.Select s) {
      return new Term.Has(s.target(), s.field().name(), e.span());
    }
    return checker.error(
        IssueCode.BAD_MACRO, e.span(), "'has' takes one field", Optional.of("as in: has(b.track)"));
  }

  private Term clusters(Expr.Call e, Scope scope) {
    List<Expr> parts = e.arguments();
    String a = parts.size() == 4 ? variable(parts.get(1)) : null;
    String b = parts.size() == 4 ? variable(parts.get(2)) : null;
    if (a == null || b == null || a.equals(b)) {
      return checker.error(
          IssueCode.BAD_MACRO,
          e.span(),
          "'clusters' takes a list, two variables and a condition over both",
          Optional.of("as in: clusters(boxes, a, b, iou(a.area, b.area) >= 0.5)"));
    }
    Term range = checker.check(parts.get(0), scope);
    Type element = element(range, "clusters");
    Scope inner = scope.child();
    Local first = inner.declare(a, element);
    Local second = inner.declare(b, element);
    Term related = condition(parts.get(3), inner, "clusters");
    Type type = new Type.ListOf(new Type.ListOf(element));
    return new Term.Clusters(range, first, second, related, type, e.span());
  }
}
