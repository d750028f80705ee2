package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Expr.Operator;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks operators: which overload, which types go together. */
final class OperatorChecker {
  private final ExpressionChecker checker;
  private final Consumer<Issue> issues;
  private final OverloadChooser overloads;
  private final Reading reading;

  OperatorChecker(ExpressionChecker checker, Consumer<Issue> issues, Reading reading) {
    this.checker = checker;
    this.issues = issues;
    this.reading = reading;
    this.overloads = new OverloadChooser(reading);
  }

  Term binary(Expr.Binary e, Scope scope) {
    return switch (e.operator()) {
      case AND, OR -> {
        String what = "each side of '%s'".formatted(e.operator().sign());
        Term left = checker.check(e.left(), scope, Basic.BOOL, what);
        Term right = checker.check(e.right(), scope, Basic.BOOL, what);
        yield new Term.Junction(e.operator() == Operator.AND, left, right, e.span());
      }
      case EQUALS, NOT_EQUALS -> equality(e, scope);
      case IN ->
          e.right() instanceof Expr.Range range ? inRange(e, range, scope) : membership(e, scope);
      default -> {
        Term left = checker.check(e.left(), scope);
        Term right =
            e.right() instanceof Expr.Quantity q
                ? checker.quantity(q, left.type())
                : checker.check(e.right(), scope);
        yield arithmetic("_" + e.operator().sign() + "_", List.of(left, right), e.span());
      }
    };
  }

  private Term arithmetic(String operator, List<Term> sides, Span span) {
    boolean lists = sides.stream().allMatch(side -> side.type() instanceof Type.ListOf);
    if (!lists || reading.late()) {
      return apply(operator, sides, span);
    }
    if (!Types.comparable(sides.get(0).type(), sides.get(1).type())) {
      return noOverload(operator, sides, span);
    }
    Term sum = apply(operator, sides, span);
    return sum instanceof Term.Call call
        ? new Term.Call(call.overload(), sides, Types.common(sides), span)
        : sum;
  }

  /** {@code container[index]}. */
  Term index(Term container, Term index, Span span) {
    List<Term> both = List.of(container, index);
    boolean fits =
        reading.late()
            || !(container.type() instanceof Type.MapOf map)
            || Types.comparable(index.type(), map.key());
    return fits ? apply("_[_]", both, span) : noOverload("_[_]", both, span);
  }

  /** In {@code side == lidar} the stream stands for its name. */
  private static Expr.Binary namingStreams(Expr.Binary e, Scope scope) {
    return new Expr.Binary(
        e.operator(),
        streamName(e.left(), e.right(), scope),
        streamName(e.right(), e.left(), scope),
        e.span());
  }

  private static Expr streamName(Expr expr, Expr other, Scope scope) {
    return other instanceof Expr.Ident side
            && side.name().equals("side")
            && expr instanceof Expr.Ident stream
            && scope.local("side").map(Local::type).orElse(Basic.UNKNOWN)
                instanceof Type.EnumOf sides
            && sides.values().contains(stream.name())
        ? new Expr.StringLiteral(stream.name(), stream.span())
        : expr;
  }

  private Term equality(Expr.Binary written, Scope scope) {
    Expr.Binary e = namingStreams(written, scope);
    Term left = checker.check(e.left(), scope);
    Term right =
        e.right() instanceof Expr.Quantity q
            ? checker.quantity(q, left.type())
            : checker.check(e.right(), scope);
    boolean equal = e.operator() == Operator.EQUALS;
    if ((left.type() == Basic.NULL || right.type() == Basic.NULL) && mayBeNull(left, right)) {
      Term isNull = new Term.IsNull(left.type() == Basic.NULL ? right : left, e.span());
      return equal ? isNull : not(isNull, e.span());
    }
    if (!knownValue(left, right) || !knownValue(right, left)) {
      return ExpressionChecker.unknown(e.span());
    }
    String operator = "_" + e.operator().sign() + "_";
    List<Term> sides = alike(List.of(left, right));
    Optional<Term> chosen = overloads.choose(operator, false, sides, e.span());
    if (chosen.isPresent() && !silent(sides)) {
      return chosen.get();
    }
    boolean same = reading.late() || Types.comparable(sides.get(0).type(), sides.get(1).type());
    return same && !silent(sides)
        ? new Term.Call(equal ? "equals_dyn" : "not_equals_dyn", sides, Basic.BOOL, e.span())
        : noOverload(operator, sides, e.span());
  }

  /** Anything may be compared with null; in CEL alone only what may be null. */
  private boolean mayBeNull(Term left, Term right) {
    Type other = left.type() == Basic.NULL ? right.type() : left.type();
    return !reading.isPure()
        || reading.late()
        || other == Basic.NULL
        || other == Basic.DYN
        || other == Basic.TIMESTAMP
        || other == Basic.DURATION;
  }

  /** A text that is compared with an enum must be one of its values. */
  private boolean knownValue(Term value, Term other) {
    Optional<Issue> unknown = EnumValues.unknown(value, other.type());
    unknown.ifPresent(issues);
    return unknown.isEmpty();
  }

  private Term inRange(Expr.Binary e, Expr.Range range, Scope scope) {
    Term value = checker.check(e.left(), scope);
    Term low = bound(range.from(), value.type(), scope);
    Term high = bound(range.to(), value.type(), scope);
    Term asRange = overloads.choose("_<=_", false, List.of(low, value), e.span()).orElse(null);
    Term asRange2 = overloads.choose("_<=_", false, List.of(value, high), e.span()).orElse(null);
    List<Term> all = List.of(value, low, high);
    if (silent(all)) {
      return ExpressionChecker.unknown(e.span());
    }
    if (asRange instanceof Term.Call lowest && asRange2 instanceof Term.Call highest) {
      return new Term.InRange(
          value, lowest.arguments().get(0), highest.arguments().get(1), e.span());
    }
    return checker.error(
        IssueCode.NO_OVERLOAD,
        e.span(),
        "a range needs three values that can be ordered, got %s in %s .. %s"
            .formatted(
                TypeText.of(value.type()), TypeText.of(low.type()), TypeText.of(high.type())),
        hint(all));
  }

  private Term bound(Expr expr, Type wanted, Scope scope) {
    return expr instanceof Expr.Quantity q
        ? checker.quantity(q, wanted)
        : checker.check(expr, scope);
  }

  private Term membership(Expr.Binary e, Scope scope) {
    Term value = checker.check(e.left(), scope);
    Term container = checker.check(e.right(), scope);
    if (container instanceof Term.ListLiteral list
        && !list.elements().stream().allMatch(element -> knownValue(element, value))) {
      return ExpressionChecker.unknown(e.span());
    }
    Type element =
        switch (container.type()) {
          case Type.ListOf list -> list.element();
          case Type.MapOf map -> map.key();
          default -> Basic.UNKNOWN;
        };
    boolean fits =
        Types.comparable(value.type(), element)
            || value.type() == Basic.DYN
            || container.type() == Basic.DYN
            || reading.late()
            || overloads.fitted(value, element).isPresent();
    return fits
        ? apply(
            "_in_", List.of(overloads.fitted(value, element).orElse(value), container), e.span())
        : noOverload("_in_", List.of(value, container), e.span());
  }

  Term not(Term operand, Span span) {
    return apply("!_", List.of(operand), span);
  }

  Term negate(Term operand, Span span) {
    return apply("-_", List.of(operand), span);
  }

  Term apply(String operator, List<Term> operands, Span span) {
    if (silent(operands)) {
      return ExpressionChecker.unknown(span);
    }
    return overloads
        .choose(operator, false, operands, span)
        .map(Folding::fold)
        .orElseGet(() -> noOverload(operator, operands, span));
  }

  private static boolean silent(List<Term> terms) {
    return terms.stream().anyMatch(term -> term.type() == Basic.UNKNOWN);
  }

  private Term noOverload(String operator, List<Term> operands, Span span) {
    if (silent(operands)) {
      return ExpressionChecker.unknown(span);
    }
    String sign = operator.replace("_", "");
    List<String> types = operands.stream().map(t -> TypeText.aOrAn(t.type())).toList();
    String message =
        switch (operator) {
          case "_[_]" ->
              isIndexed(operands.get(0).type())
                  ? "%s is not indexed by %s".formatted(types.get(0), types.get(1))
                  : "'[…]' takes an element of a list or a map, got %s".formatted(types.get(0));
          case "_in_" ->
              isIndexed(operands.get(1).type())
                  ? "%s cannot be in %s".formatted(types.get(0), types.get(1))
                  : "'in' needs a list, a map or a range, got %s".formatted(types.get(1));
          default ->
              types.size() == 1
                  ? "'%s' does not go with %s".formatted(sign, types.get(0))
                  : "'%s' does not go with %s and %s".formatted(sign, types.get(0), types.get(1));
        };
    return checker.error(
        IssueCode.NO_OVERLOAD, span, message, chained(operator, operands).or(() -> hint(operands)));
  }

  private static boolean isIndexed(Type type) {
    return type instanceof Type.ListOf || type instanceof Type.MapOf;
  }

  /** Forms that other languages have: {@code 0 < x < 1}, {@code "a" in text}. */
  private static Optional<String> chained(String operator, List<Term> operands) {
    boolean order = operator.startsWith("_<") || operator.startsWith("_>");
    if (order && operands.get(0).type() == Basic.BOOL) {
      return Optional.of("write both comparisons: a < x && x < b, or: x in a .. b");
    }
    return operator.equals("_in_") && operands.get(1).type() == Basic.STRING
        ? Optional.of("as in: text.contains(\"…\")")
        : Optional.empty();
  }

  private static Optional<String> hint(List<Term> operands) {
    Type first = operands.getFirst().type();
    if (first == Basic.RECT || first == Basic.CUBOID) {
      return Optional.of("its parts have names: .x, .y, .width, .height");
    }
    boolean isInt = has(operands, Basic.INT);
    boolean number = isInt || has(operands, Basic.DOUBLE);
    if (number && has(operands, Basic.DURATION)) {
      return Optional.of("give the number a unit, as in 500ms");
    }
    if (number && has(operands, Basic.LENGTH)) {
      return Optional.of("give the number a unit, as in 40metres");
    }
    if (number && has(operands, Basic.TIMESTAMP)) {
      return Optional.of("a time is compared with timestamp(\"2026-01-31T12:00:00Z\")");
    }
    if (has(operands, Basic.STRING) && has(operands, Basic.TIMESTAMP)) {
      return Optional.of("a time is written timestamp(\"2026-01-31T12:00:00Z\")");
    }
    boolean isDouble = operands.stream().anyMatch(t -> t.type().isFloating());
    if (isInt && isDouble) {
      return Optional.of("make the int a double: double(…)");
    }
    if (has(operands, Basic.STRING) && has(operands, Basic.RATIO)) {
      return Optional.of("a number stands without quotes; of a text it is made by double(…)");
    }
    return number && has(operands, Basic.STRING)
        ? Optional.of("make the number a text: string(…)")
        : Optional.empty();
  }

  private static boolean has(List<Term> operands, Type type) {
    return operands.stream().anyMatch(term -> term.type().equals(type));
  }

  /** Int literals as doubles where another one is a double. */
  List<Term> alike(List<Term> terms) {
    boolean floating =
        terms.stream().anyMatch(t -> t.type().isFloating() && t.type() != Basic.LENGTH);
    return floating
        ? terms.stream().map(t -> overloads.fitted(t, Basic.DOUBLE).orElse(t)).toList()
        : terms;
  }
}
