package io.assay.assertion.rule;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Scope.CheckedStream;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Declaration.AssertionDecl;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.Text;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedAssertion.Documentation;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Template;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks one assertion and lowers it; empty where this version does not evaluate its kind. */
final class AssertionChecker {
  private final AssertionDecl declaration;
  private final CheckedStream stream;
  private final Scope scope;
  private final Consumer<Issue> issues;
  private final ExpressionChecker expressions;
  private final ClauseList clauses;
  private final KindChecker kinds;

  AssertionChecker(
      AssertionDecl declaration, CheckedStream stream, Scope scope, Consumer<Issue> issues) {
    this.declaration = declaration;
    this.stream = stream;
    this.scope = scope;
    this.issues = issues;
    this.expressions = new ExpressionChecker(issues);
    this.clauses = new ClauseList(declaration, issues);
    this.kinds = new KindChecker(clauses, expressions, issues);
  }

  Optional<CheckedAssertion> check() {
    clauses.checkTogether();
    Optional<Each> each = each();
    Optional<Term> where = where();
    Optional<String> later = clauses.evaluatedLater();
    Optional<Identity> identity = kinds.identity(scope);
    Level level = word(clauses.first(Clause.Level.class).map(Clause.Level::level), Level.WARNING);
    Mode mode = word(clauses.first(Clause.Mode.class).map(Clause.Mode::mode), Mode.DRAFT);
    if (later.isPresent()) {
      pending(declaration, later.get(), issues);
      return Optional.empty();
    }
    List<Let> lets = lets();
    Optional<Kind> kind = kinds.kind(scope);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    Scope telling = scope.child();
    kinds.offerNames(kind.get(), element(each), telling);
    Term severity = severity(telling);
    Scope saying = telling.child();
    saying.offer("severity", Basic.DOUBLE);
    Optional<Template> explain =
        clauses.first(Clause.Explain.class).map(e -> template(e.parts(), saying));
    var parts = new Judgement(stream.type(), each, where, identity, lets, kind.get(), severity);
    return Optional.of(
        new CheckedAssertion(
            declaration.name().text(),
            Optional.ofNullable(declaration.description()).map(Text::value),
            stream.type(),
            mode,
            level,
            scope.event().orElseThrow(),
            each,
            where,
            identity,
            lets,
            kind.get(),
            scope.given(),
            scope.locals(),
            severity,
            explain,
            new Reads(parts).andOf(explain),
            parts.hash(),
            documentation(),
            declaration.span()));
  }

  /** Says that the assertion is understood, kept and not run. */
  static void pending(AssertionDecl declaration, String clause, Consumer<Issue> issues) {
    Span span =
        declaration.clauses().stream()
            .filter(c -> ClauseList.word(c).equals(clause))
            .map(Clause::span)
            .findFirst()
            .orElse(declaration.name().span());
    issues.accept(
        new Issue(
            IssueCode.NOT_YET,
            span,
            "'%s' is not evaluated yet in this version: assertion '%s' is read, and does not run"
                .formatted(clause, declaration.name().text())));
  }

  private Optional<Each> each() {
    return clauses
        .first(Clause.Each.class)
        .map(
            clause -> {
              Term list = expressions.check(clause.list(), scope);
              Local element = scope.declare(clause.element().text(), elementOf(list));
              Optional<Term> where =
                  Optional.ofNullable(clause.where()).map(w -> condition(w, "'where'"));
              return new Each(element, list, where);
            });
  }

  private Type elementOf(Term list) {
    if (list.type() instanceof Type.ListOf of) {
      return of.element();
    }
    if (list.type() != Basic.UNKNOWN && list.type() != Basic.DYN) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          list.span(),
          "'each' goes over a list, got %s".formatted(TypeText.aOrAn(list.type())));
      return Basic.UNKNOWN;
    }
    return Basic.DYN;
  }

  private static Optional<Type> element(Optional<Each> each) {
    return each.map(e -> e.element().type());
  }

  private Optional<Term> where() {
    return clauses.first(Clause.Where.class).map(w -> condition(w.condition(), "'where'"));
  }

  private Term condition(Expr expr, String what) {
    Term term = expressions.check(expr, scope, Basic.BOOL, what);
    if (Folding.isTrueOrFalse(term)) {
      issues.accept(
          new Issue(
              IssueCode.CONSTANT_CONDITION,
              term.span(),
              "%s is always %s".formatted(what, ((Term.Constant) term).value())));
    }
    return term;
  }

  private List<Let> lets() {
    var lets = new ArrayList<Let>();
    for (Clause.Let let : clauses.all(Clause.Let.class)) {
      Term term = expressions.check(let.value(), scope);
      lets.add(new Let(scope.declare(let.name().text(), term.type()), term));
    }
    return lets;
  }

  private Term severity(Scope names) {
    Optional<Clause.Severity> clause = clauses.first(Clause.Severity.class);
    if (clause.isEmpty()) {
      return new Term.Constant(1.0, Basic.DOUBLE, declaration.name().span());
    }
    Term term = expressions.check(clause.get().value(), names);
    Term number = number(term);
    if (number instanceof Term.Constant(Double value, Type ignored, Span span) && value < 0) {
      issues.accept(
          new Issue(
              IssueCode.NEGATIVE_SEVERITY,
              span,
              "a severity is 0 or more; this one is %s always".formatted(value)));
    }
    return number;
  }

  private Term number(Term term) {
    return switch (term.type()) {
      case Basic basic when basic == Basic.UNKNOWN -> term;
      case Basic basic when basic == Basic.INT ->
          OverloadChooser.promoted(term, Basic.DOUBLE)
              .orElseGet(
                  () -> new Term.Call("double_int", List.of(term), Basic.DOUBLE, term.span()));
      case Basic basic when basic == Basic.DYN ->
          new Term.Call("double_dyn", List.of(term), Basic.DOUBLE, term.span());
      case Basic basic when basic.isFloating() && basic != Basic.LENGTH -> term;
      default ->
          expressions.error(
              IssueCode.WRONG_TYPE,
              term.span(),
              "a severity is a number, got %s".formatted(TypeText.aOrAn(term.type())),
              perUnit(term.type()));
    };
  }

  private static Optional<String> perUnit(Type type) {
    if (type == Basic.DURATION) {
      return Optional.of("divide it by a duration, as in: gap / 500ms");
    }
    return type == Basic.LENGTH
        ? Optional.of("divide it by a length, as in: b.distance / 10metres")
        : Optional.empty();
  }

  private Template template(List<Clause.Explain.Part> parts, Scope names) {
    return new Template(
        parts.stream()
            .<Template.Part>map(
                part ->
                    switch (part) {
                      case Clause.Explain.Words words -> new Template.Part.Text(words.text());
                      case Clause.Explain.Value value ->
                          new Template.Part.Value(expressions.check(value.expression(), names));
                    })
            .toList());
  }

  private <W extends Enum<W>> W word(Optional<Name> name, W otherwise) {
    if (name.isEmpty()) {
      return otherwise;
    }
    List<W> words = Arrays.asList(otherwise.getDeclaringClass().getEnumConstants());
    String written = name.get().text();
    @Nullable W found =
        words.stream()
            .filter(w -> w.name().toLowerCase(Locale.ROOT).equals(written))
            .findFirst()
            .orElse(null);
    if (found == null) {
      List<String> known = words.stream().map(w -> w.name().toLowerCase(Locale.ROOT)).toList();
      expressions.error(
          IssueCode.UNKNOWN_WORD,
          name.get().span(),
          "expected %s, got '%s'".formatted(String.join(", ", known), written),
          Suggestions.didYouMean(written, known));
      return otherwise;
    }
    return found;
  }

  private Documentation documentation() {
    return new Documentation(
        clauses.first(Clause.Owner.class).map(o -> o.owner().value()),
        clauses.first(Clause.Tags.class).map(Clause.Tags::tags).orElse(List.of()),
        clauses.first(Clause.Runbook.class).map(r -> r.address().value()));
  }
}
