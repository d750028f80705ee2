package io.assay.assertion.rule;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Declaration.AssertionDecl;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Text;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Consequences;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Embeddings;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Template;
import io.assay.assertion.rule.ir.Term;
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
  private final ContextChecker context;
  private final WindowChecker windows;

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
    this.context = new ContextChecker(clauses, expressions, scope);
    this.windows = new WindowChecker(clauses, expressions, scope);
  }

  Optional<CheckedAssertion> check() {
    clauses.checkTogether();
    Optional<Embeddings> embeddings = declared.embeddings(declaration.stream().text());
    return embeddings.isPresent() ? ofReleases(embeddings.get()) : ofEvents();
  }

  private Optional<CheckedAssertion> ofReleases(Embeddings embeddings) {
    var releases = new ReleaseChecker(clauses, expressions, scope);
    releases.declare();
    Optional<Clause.Compare> clause = releases.compared(embeddings);
    List<Let> lets = new SubjectChecker(clauses, expressions, scope).lets(windows);
    Optional<Kind> kind =
        new KindChecker(clauses, expressions, windows, Ranges.none()).kind(lets, scope);
    if (!(kind.orElse(null) instanceof Kind.Expect expect) || clause.isEmpty()) {
      ConsequenceChecker.routes(clauses, declared, expressions);
      kind.filter(k -> !(k instanceof Kind.Expect)).ifPresent(releases::onlyExpects);
      return Optional.empty();
    }
    expect.expectations().forEach(line -> releases.wholly(line.condition()));
    context.releases(() -> releases.releases(embeddings, clause.get()));
    var releasesOnly = new Subject(Optional.empty(), Optional.empty(), Optional.empty(), lets);
    return Optional.of(lowered(releasesOnly, expect, embeddings.type().root()));
  }

  private Optional<CheckedAssertion> ofEvents() {
    context.declare(declared, triggers);
    var subject = new SubjectChecker(clauses, expressions, scope);
    Optional<Each> each = subject.each();
    Optional<Term> where = subject.where();
    Optional<Identity> identity = subject.identity();
    Type sighted = each.map(Each::element).or(scope::event).orElseThrow().type();
    if (clauses.has(Clause.Change.class)) {
      scope.offer("previous", sighted);
    }
    windows.declare();
    List<Let> lets = subject.lets(windows);
    Ranges passed = passed(each, where).with(lets);
    Optional<Kind> kind = new KindChecker(clauses, expressions, windows, passed).kind(lets, scope);
    if (kind.isEmpty()) {
      ConsequenceChecker.routes(clauses, declared, expressions);
      return Optional.empty();
    }
    return Optional.of(lowered(new Subject(each, where, identity, lets), kind.get(), sighted));
  }

  /** What holds of all that is judged. */
  private static Ranges passed(Optional<Each> each, Optional<Term> where) {
    Ranges ranges = where.map(w -> Ranges.none().where(w, true)).orElse(Ranges.none());
    return each.flatMap(Each::where).map(w -> ranges.where(w, true)).orElse(ranges);
  }

  /** What is judged, before anything is said of it. */
  private record Subject(
      Optional<Each> each, Optional<Term> where, Optional<Identity> identity, List<Let> lets) {}

  private CheckedAssertion lowered(Subject of, Kind kind, Type sighted) {
    Scope telling = (windows.all() ? windows.level() : scope).child();
    KindNames.of(kind, sighted).forEach(telling::offer);
    Term severity = graded(of, kind, telling);
    context.ofVersions(of.lets(), kind, severity, windows.windowing());
    windows.told();
    Scope saying = telling.child();
    saying.offer("severity", Basic.DOUBLE);
    Optional<Template> explain =
        clauses.first(Clause.Explain.class).map(e -> template(e.parts(), saying));
    boolean releases = declared.embeddings(declaration.stream().text()).isPresent();
    Consequences consequences =
        new ConsequenceChecker(clauses, declared, expressions)
            .check(kind, of.each(), of.identity().isPresent(), windows.any() || releases, saying);
    StreamType on = scope.stream().orElseThrow().type();
    var parts =
        new Judgement(
            on,
            of.each(),
            of.where(),
            of.identity(),
            of.lets(),
            kind,
            severity,
            context.context(windows.windowing()));
    CheckedAssertion checked = assembled(parts, explain, consequences);
    if (checked.judgesLabels()) {
      issues.accept(ofFilesOnly(declaration));
    } else {
      checked.pendingClause().ifPresent(clause -> pending(declaration, clause, issues));
    }
    return checked;
  }

  /** How bad a violation is, with what is usual in it and what is wrong with it. */
  private Term graded(Subject of, Kind kind, Scope telling) {
    var usual =
        new UsualLifting(
            expressions, declared.usual(), declaration.name().text(), telling.lifting());
    Term severity = severity(kind, telling.child().lifting(usual));
    stale(usual, Unusual.basis(of.each(), of.where(), of.lets(), kind));
    Ranges passed = passed(of.each(), of.where());
    new SeverityChecker(expressions)
        .plausible(severity, KindRanges.violated(kind, of.lets(), scope.given(), passed));
    return severity;
  }

  private CheckedAssertion assembled(
      Judgement parts, Optional<Template> explain, Consequences consequences) {
    Reads reads = new Reads(parts).and(explain, consequences, parts.context());
    return new CheckedAssertion(
        declaration.name().text(),
        Optional.ofNullable(declaration.description()).map(Text::value),
        parts.stream(),
        words.word(clauses.first(Clause.Mode.class).map(Clause.Mode::mode), Mode.DRAFT),
        words.word(clauses.first(Clause.Level.class).map(Clause.Level::level), Level.WARNING),
        scope.event().orElseThrow(),
        parts.each(),
        parts.where(),
        parts.identity(),
        parts.lets(),
        parts.kind(),
        scope.given(),
        scope.locals(),
        parts.severity(),
        explain,
        ContextChecker.reading(parts.context(), reads),
        consequences,
        reads.of(parts.stream().name()),
        parts.hash(),
        clauses.documentation(),
        declaration.span());
  }

  private static Issue ofFilesOnly(AssertionDecl declaration) {
    return new Issue(
        IssueCode.NOT_YET,
        declaration.name().span(),
        "labels that come on the stream are not judged yet in this version: assertion '%s' runs in tests, and on files by './assay judge-labels'"
            .formatted(declaration.name().text()));
  }

  /** Says that the assertion is understood, kept and not run. */
  static void pending(AssertionDecl declaration, String clause, Consumer<Issue> issues) {
    Span span =
        declaration.clauses().stream()
            .filter(c -> ClauseList.word(c).equals(clause))
            .map(Clause::span)
            .findFirst()
            .or(() -> windowOf(declaration).filter(own -> clause.equals("window")))
            .orElse(declaration.name().span());
    issues.accept(
        new Issue(
            IssueCode.NOT_YET,
            span,
            "'%s' is not evaluated yet in this version: assertion '%s' is read, and does not run"
                .formatted(clause, declaration.name().text())));
  }

  private static Optional<Span> windowOf(AssertionDecl declaration) {
    return ClauseList.expectations(declaration).stream()
        .filter(line -> line.over() != null)
        .map(Clause.Expect::span)
        .findFirst();
  }

  private void stale(UsualLifting usual, String basis) {
    for (UsualLifting.Used used : usual.used()) {
      if (!used.learned().basis().equals(basis)) {
        expressions.error(
            IssueCode.STALE_USUAL,
            used.span(),
            "what is usual was learned before assertion '%s' was changed"
                .formatted(declaration.name().text()),
            Optional.of("learn it anew: ./assay learn usual " + used.span().source()));
      }
    }
  }

  private Term severity(Kind kind, Scope telling) {
    Optional<Clause.Severity> clause = clauses.first(Clause.Severity.class);
    if (clause.isPresent()) {
      Term severity = new SeverityChecker(expressions).severity(clause.get(), telling);
      windows.severity(severity);
      return severity;
    }
    Span span = declaration.name().span();
    // Who disagrees with a majority is the worse the more there are of them.
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
                      case Clause.Explain.Value value -> said(value.expression(), names);
                    })
            .toList());
  }

  private Template.Part said(Expr expr, Scope names) {
    Term term = expressions.check(expr, names);
    if (windows.all()) {
      windows.wholly(term);
    }
    return new Template.Part.Value(term);
  }
}
