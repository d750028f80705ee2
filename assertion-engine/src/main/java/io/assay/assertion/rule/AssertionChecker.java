package io.assay.assertion.rule;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Declaration.AssertionDecl;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.Text;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedAssertion.Documentation;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Consequences;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Context.Join;
import io.assay.assertion.rule.ir.Context.Join.Partner;
import io.assay.assertion.rule.ir.Context.Trigger;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Template;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks one assertion and lowers it; empty where too much of it is wrong. */
final class AssertionChecker {
  private final AssertionDecl declaration;
  private final Declarations declared;
  private final Triggers triggers;
  private final Scope scope;
  private final Consumer<Issue> issues;
  private final ExpressionChecker expressions;
  private final ClauseList clauses;
  private final Words words;

  AssertionChecker(
      AssertionDecl declaration,
      Declarations declared,
      Triggers triggers,
      Scope scope,
      Consumer<Issue> issues) {
    this.declaration = declaration;
    this.declared = declared;
    this.triggers = triggers;
    this.scope = scope;
    this.issues = issues;
    this.expressions = new ExpressionChecker(issues);
    this.clauses = new ClauseList(declaration, issues);
    this.words = new Words(expressions);
  }

  Optional<CheckedAssertion> check() {
    clauses.checkTogether();
    Context context = context();
    Optional<Each> each = each();
    Optional<Term> where = where();
    Optional<String> later = clauses.evaluatedLater();
    Optional<Identity> identity =
        clauses
            .first(Clause.Identity.class)
            .flatMap(clause -> new IdentityChecker(expressions).identity(clause, scope));
    if (later.isPresent()) {
      ConsequenceChecker.routes(clauses, declared, expressions);
      pending(declaration, later.get(), issues);
      return Optional.empty();
    }
    Type sighted = each.map(Each::element).or(scope::event).orElseThrow().type();
    if (clauses.has(Clause.Change.class)) {
      scope.offer("previous", sighted);
    }
    List<Let> lets = lets();
    Optional<Kind> kind = new KindChecker(clauses, expressions).kind(lets, scope);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(lowered(each, where, identity, lets, kind.get(), sighted, context));
  }

  private CheckedAssertion lowered(
      Optional<Each> each,
      Optional<Term> where,
      Optional<Identity> identity,
      List<Let> lets,
      Kind kind,
      Type sighted,
      Context context) {
    Scope telling = scope.child();
    KindNames.of(kind, sighted).forEach(telling::offer);
    Term severity =
        clauses
            .first(Clause.Severity.class)
            .map(clause -> new SeverityChecker(expressions).severity(clause, telling))
            .orElseGet(() -> defaultSeverity(kind, telling));
    Scope saying = telling.child();
    saying.offer("severity", Basic.DOUBLE);
    Optional<Template> explain =
        clauses.first(Clause.Explain.class).map(e -> template(e.parts(), saying));
    Consequences consequences =
        new ConsequenceChecker(clauses, declared, expressions)
            .check(kind, each, identity.isPresent(), saying);
    StreamType on = scope.stream().orElseThrow().type();
    var parts = new Judgement(on, each, where, identity, lets, kind, severity, context);
    Reads reads = new Reads(parts).and(explain, consequences, context);
    CheckedAssertion checked =
        new CheckedAssertion(
            declaration.name().text(),
            Optional.ofNullable(declaration.description()).map(Text::value),
            on,
            words.word(clauses.first(Clause.Mode.class).map(Clause.Mode::mode), Mode.DRAFT),
            words.word(clauses.first(Clause.Level.class).map(Clause.Level::level), Level.WARNING),
            scope.event().orElseThrow(),
            each,
            where,
            identity,
            lets,
            kind,
            scope.given(),
            scope.locals(),
            severity,
            explain,
            reading(context, reads),
            consequences,
            reads.of(on.name()),
            parts.hash(),
            documentation(),
            declaration.span());
    checked.pendingClause().ifPresent(clause -> pending(declaration, clause, issues));
    return checked;
  }

  private Context context() {
    Optional<Join> join =
        clauses
            .first(Clause.Join.class)
            .flatMap(clause -> new JoinChecker(declared, expressions).join(clause, scope));
    String on = scope.stream().orElseThrow().type().name();
    Optional<Trigger> trigger =
        clauses
            .first(Clause.When.class)
            .flatMap(c -> new TriggerChecker(expressions, triggers::of).trigger(c, on));
    return new Context(
        join, Optional.empty(), Optional.empty(), Optional.empty(), trigger, List.of(), List.of());
  }

  /** With what is read of each partner. */
  private static Context reading(Context context, Reads reads) {
    return new Context(
        context
            .join()
            .map(
                join ->
                    new Join(
                        join.partners().stream()
                            .map(
                                p ->
                                    new Partner(p.stream(), p.event(), reads.of(p.stream().name())))
                            .toList(),
                        join.how())),
        context.windowing(),
        context.versions(),
        context.releases(),
        context.trigger(),
        context.truths(),
        context.imputed());
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
      isFree(let.name());
      lets.add(new Let(scope.declare(let.name().text(), term.type()), term));
    }
    return lets;
  }

  /** A variable that hid a field or another variable would be read as the other one. */
  private void isFree(Name name) {
    boolean variable = scope.local(name.text()).isPresent();
    StructType event = scope.stream().orElseThrow().type().root();
    if (variable || event.field(name.text()).isPresent()) {
      expressions.error(
          IssueCode.DUPLICATE,
          name.span(),
          variable
              ? "a variable is called '%s' already".formatted(name.text())
              : "%s has a field '%s' already; a variable needs a name of its own"
                  .formatted(event.name(), name.text()));
    }
  }

  /** Who disagrees with a majority is the worse the more there are of them. */
  private Term defaultSeverity(Kind kind, Scope telling) {
    Span span = declaration.name().span();
    return kind instanceof Kind.Consistent
        ? new Term.Read(telling.local("minority").orElseThrow(), span)
        : new Term.Constant(1.0, Basic.DOUBLE, span);
  }

  private Template template(List<Clause.Explain.Part> parts, Scope names) {
    return new Template(
        parts.stream()
            .<Template.Part>map(
                part ->
                    switch (part) {
                      case Clause.Explain.Words text -> new Template.Part.Text(text.text());
                      case Clause.Explain.Value value ->
                          new Template.Part.Value(expressions.check(value.expression(), names));
                    })
            .toList());
  }

  private Documentation documentation() {
    return new Documentation(
        clauses.first(Clause.Owner.class).map(o -> o.owner().value()),
        clauses.first(Clause.Tags.class).map(Clause.Tags::tags).orElse(List.of()),
        clauses.first(Clause.Runbook.class).map(r -> r.address().value()));
  }
}
