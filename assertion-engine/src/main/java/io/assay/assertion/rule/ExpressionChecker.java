package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Term;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives every expression its type and resolves its names, all errors in one pass.
 *
 * <p>What is wrong becomes a term of type UNKNOWN, which silences the errors that would only echo
 * it.
 */
final class ExpressionChecker {
  private final Consumer<Issue> issues;
  private final NameResolver names;
  private final CallChecker calls;
  private final OperatorChecker operators;
  private final OverloadChooser overloads;
  private final Reading reading;
  private String about = "";

  ExpressionChecker(Consumer<Issue> issues) {
    this(issues, Reading.RULES);
  }

  ExpressionChecker(Consumer<Issue> issues, Reading reading) {
    this.issues = issue -> issues.accept(about.isEmpty() ? issue : issue.about(about));
    this.reading = reading;
    this.names = new NameResolver(this, this.issues);
    this.overloads = new OverloadChooser(reading);
    this.operators = new OperatorChecker(this, this.issues, reading);
    this.calls = new CallChecker(this, this.issues, reading);
  }

  /** From here on: what the same text is read for this time; empty where it is read once. */
  void about(String turn) {
    about = turn;
  }

  static Term unknown(Span span) {
    return new Term.Constant(Term.Null.NULL, Basic.UNKNOWN, span);
  }

  /** An expression of a given type, an int literal made a double where one is needed. */
  Term check(Expr expr, Scope scope, Type wanted, String what) {
    Term term = expr instanceof Expr.Quantity q ? quantity(q, wanted) : check(expr, scope);
    if (Types.isA(term.type(), wanted) || term.type() == Basic.DYN) {
      return term;
    }
    Optional<Term> promoted = overloads.fitted(term, wanted);
    if (promoted.isPresent()) {
      return promoted.get();
    }
    return error(
        IssueCode.WRONG_TYPE,
        term.span(),
        "%s needs %s, got %s".formatted(what, TypeText.aOrAn(wanted), TypeText.aOrAn(term.type())),
        toFit(term, wanted));
  }

  private static Optional<String> toFit(Term term, Type wanted) {
    boolean number = term.type() == Basic.INT || term.type().isFloating();
    if (wanted == Basic.BOOL && (number || term.type() == Basic.DURATION)) {
      return Optional.of("compare it with something, as in: x > 1");
    }
    if (wanted == Basic.BOOL
        && (term.type() == Basic.STRING || term.type() instanceof Type.EnumOf)) {
      return Optional.of("compare it with something, as in: x == \"…\"");
    }
    boolean plain = term.type() == Basic.INT || term.type() == Basic.DOUBLE;
    if (plain && wanted == Basic.DURATION) {
      String figure = term instanceof Term.Constant c ? String.valueOf(c.value()) : "500";
      return Optional.of("give it a unit, as in %sms or %ss".formatted(figure, figure));
    }
    return plain && wanted == Basic.LENGTH
        ? Optional.of("give it a unit, as in 40metres")
        : Optional.empty();
  }

  Term check(Expr expr, Scope scope) {
    return switch (expr) {
      case Expr.IntLiteral e -> new Term.Constant(e.value(), Basic.INT, e.span());
      case Expr.UintLiteral e -> new Term.Constant(e.bits(), Basic.UINT, e.span());
      case Expr.DoubleLiteral e -> new Term.Constant(e.value(), Basic.DOUBLE, e.span());
      case Expr.StringLiteral e -> new Term.Constant(e.value(), Basic.STRING, e.span());
      case Expr.BytesLiteral e -> new Term.Constant(buffer(e.value()), Basic.BYTES, e.span());
      case Expr.BoolLiteral e -> new Term.Constant(e.value(), Basic.BOOL, e.span());
      case Expr.NullLiteral e -> new Term.Constant(Term.Null.NULL, Basic.NULL, e.span());
      case Expr.Percent e -> new Term.Constant(e.value(), Basic.RATIO, e.span());
      case Expr.Quantity e -> quantity(e, Basic.UNKNOWN);
      case Expr.Ident e -> names.ident(e, scope);
      case Expr.Select e -> names.select(e, scope);
      case Expr.Index e -> index(check(e.target(), scope), check(e.index(), scope), e.span());
      case Expr.Call e -> calls.call(e, scope);
      case Expr.ListLiteral e -> list(e, scope);
      case Expr.MapLiteral e -> map(e, scope);
      case Expr.StructLiteral e ->
          error(
              IssueCode.UNKNOWN_TYPE,
              e.span(),
              "'%s' is no type that can be built".formatted(e.type()));
      case Expr.Not e -> operators.not(check(e.operand(), scope), e.span());
      case Expr.Negate e -> operators.negate(check(e.operand(), scope), e.span());
      case Expr.Binary e -> operators.binary(e, scope);
      case Expr.Conditional e -> conditional(e, scope);
      case Expr.Range e ->
          error(
              IssueCode.UNEXPECTED,
              e.span(),
              "a range stands behind 'in' only",
              Optional.of("as in: x in 0 .. 1"));
      case Expr.Last e ->
          error(IssueCode.WRONG_TYPE, e.span(), "'last' stands in baseline(last …) only");
    };
  }

  private Term index(Term target, Term index, Span span) {
    boolean known =
        !(target.type() instanceof Type.MapOf map)
            || !(index instanceof Term.Constant(String name, Type ignored, Span place))
            || knownKey(map, name, place);
    return known ? operators.index(target, index, span) : unknown(span);
  }

  /** Whether a map can have the key; where its keys are names of features, not every text can. */
  boolean knownKey(Type.MapOf map, String name, Span span) {
    if (!(map.key() instanceof Type.EnumOf(List<String> names, List<List<String>> ignored))
        || names.contains(name)) {
      return true;
    }
    error(
        IssueCode.UNKNOWN_VALUE,
        span,
        "the map has no key '%s'; it can have %s".formatted(name, TypeText.some(names)),
        Suggestions.didYouMean(name, names));
    return false;
  }

  private static ByteBuffer buffer(List<Byte> values) {
    var bytes = new byte[values.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = values.get(i);
    }
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  Term quantity(Expr.Quantity e, Type wanted) {
    Optional<Units.Unit> unit = Units.named(e.unit());
    if (unit.isEmpty()) {
      String number = e.number().startsWith("-") ? e.number().substring(1) : e.number();
      List<String> meant = Units.meant(e.unit(), wanted).stream().map(u -> number + u).toList();
      String expected = wanted == Basic.DURATION ? "expected a duration, " : "";
      return error(
          IssueCode.UNKNOWN_UNIT,
          e.span(),
          "%s'%s%s' is no unit".formatted(expected, number, e.unit()),
          meant.isEmpty()
              ? Optional.of("units are ns us ms s min h d, mm cm metres km, px and %")
              : Optional.of("did you mean %s?".formatted(String.join(" or ", meant))));
    }
    return Units.value(e.number(), unit.get())
        .<Term>map(value -> new Term.Constant(value, unit.get().type(), e.span()))
        .orElseGet(
            () ->
                error(
                    IssueCode.NUMBER_OUT_OF_RANGE,
                    e.span(),
                    "%s%s is out of range".formatted(e.number(), e.unit())));
  }

  private Term list(Expr.ListLiteral e, Scope scope) {
    List<Term> elements = e.elements().stream().map(element -> check(element, scope)).toList();
    List<Term> alike = operators.alike(elements);
    return new Term.ListLiteral(alike, new Type.ListOf(Types.common(alike)), e.span());
  }

  private Term map(Expr.MapLiteral e, Scope scope) {
    var keys = new ArrayList<Term>();
    var values = new ArrayList<Term>();
    for (Expr.MapLiteral.Entry entry : e.entries()) {
      keys.add(check(entry.key(), scope));
      values.add(check(entry.value(), scope));
    }
    List<Term> alike = operators.alike(values);
    var entries = new ArrayList<Term.MapLiteral.Entry>();
    for (int i = 0; i < keys.size(); i++) {
      entries.add(new Term.MapLiteral.Entry(keys.get(i), alike.get(i)));
    }
    var type = new Type.MapOf(Types.common(keys), Types.common(alike));
    return new Term.MapLiteral(entries, type, e.span());
  }

  private Term conditional(Expr.Conditional e, Scope scope) {
    Term condition = check(e.condition(), scope, Basic.BOOL, "the condition before '?'");
    List<Term> branches =
        operators.alike(List.of(check(e.then(), scope), check(e.otherwise(), scope)));
    Type then = branches.get(0).type();
    Type otherwise = branches.get(1).type();
    Type type = Types.common(branches);
    boolean known = then != Basic.DYN && otherwise != Basic.DYN;
    if (type == Basic.DYN && known && !reading.late() && !nullable(then, otherwise)) {
      return error(
          IssueCode.WRONG_TYPE,
          e.span(),
          "both sides of ':' need one type, got %s and %s"
              .formatted(TypeText.aOrAn(then), TypeText.aOrAn(otherwise)));
    }
    return new Term.Conditional(condition, branches.get(0), branches.get(1), type, e.span());
  }

  /** Where one side is null and the other may be. */
  private boolean nullable(Type then, Type otherwise) {
    return (then == Basic.NULL || otherwise == Basic.NULL)
        && (!reading.isPure() || isTime(then) || isTime(otherwise));
  }

  private static boolean isTime(Type type) {
    return type == Basic.TIMESTAMP || type == Basic.DURATION;
  }

  void tell(Issue issue) {
    issues.accept(issue);
  }

  Term error(IssueCode code, Span span, String message) {
    return error(code, span, message, Optional.empty());
  }

  Term error(IssueCode code, Span span, String message, Optional<String> suggestion) {
    if (reading.late()) {
      Term reason = new Term.Constant(message, Basic.STRING, span);
      return new Term.Call("fail_string", List.of(reason), Basic.DYN, span);
    }
    issues.accept(new Issue(code, span, message, suggestion));
    return unknown(span);
  }
}
