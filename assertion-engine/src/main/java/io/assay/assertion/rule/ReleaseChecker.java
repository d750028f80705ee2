package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ir.Context.Measure;
import io.assay.assertion.rule.ir.Context.Measured;
import io.assay.assertion.rule.ir.Context.Releases;
import io.assay.assertion.rule.ir.Embeddings;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks {@code compare RELEASE with …}: a release of embeddings is held against another one. */
final class ReleaseChecker {
  private static final Map<String, Measure> MEASURES =
      Map.of(
          "eis", new Measure.Eis(),
          "displacement", new Measure.Displacement(),
          "pip", new Measure.Pip(),
          "overlap", new Measure.Overlap(),
          "coverage", new Measure.Coverage(),
          "moved", new Measure.Moved());

  private static final List<Class<? extends Clause>> OF_EVENTS =
      List.of(
          Clause.Each.class,
          Clause.Where.class,
          Clause.Identity.class,
          Clause.Join.class,
          Clause.Window.class,
          Clause.By.class,
          Clause.When.class,
          Clause.Correct.class);

  private final ClauseList clauses;
  private final ExpressionChecker expressions;
  private final Scope scope;
  private final MeasureLifting lifting;

  ReleaseChecker(ClauseList clauses, ExpressionChecker expressions, Scope scope) {
    this.clauses = clauses;
    this.expressions = expressions;
    this.scope = scope;
    this.lifting = new MeasureLifting(expressions);
  }

  /** Puts the measures in scope. */
  void declare() {
    clauses.forbid(OF_EVENTS, "embeddings are judged release by release, not vector by vector");
    scope.lifting(lifting);
    MEASURES.forEach((name, measure) -> scope.offer(name, type(measure)));
  }

  private static Type type(Measure measure) {
    return switch (measure) {
      case Measure.Coverage ignored -> Basic.RATIO;
      case Measure.Moved ignored -> new Type.ListOf(Basic.STRING);
      case Measure.Eis ignored -> Basic.DOUBLE;
      case Measure.Neighbours ignored -> Basic.DOUBLE;
      case Measure.Displacement ignored -> Basic.DOUBLE;
      case Measure.Pip ignored -> Basic.DOUBLE;
      case Measure.Overlap ignored -> Basic.DOUBLE;
    };
  }

  /** Empty where it does not say with what a release is compared. */
  Optional<Clause.Compare> compared(Embeddings embeddings) {
    Optional<Clause.Compare> clause = clauses.first(Clause.Compare.class);
    if (clause.isEmpty()) {
      if (!clauses.declaration().damaged()) {
        expressions.error(
            IssueCode.MISSING_CLAUSE,
            clauses.declaration().name().span(),
            "embeddings are judged release against release",
            Optional.of("as in: compare %s with previous".formatted(embeddings.version().name())));
      }
      return Optional.empty();
    }
    String version = embeddings.version().name();
    if (!clause.get().version().text().equals(version)) {
      expressions.error(
          IssueCode.UNKNOWN_FIELD,
          clause.get().version().span(),
          "releases of '%s' are told apart by '%s', not by '%s'"
              .formatted(embeddings.name(), version, clause.get().version().text()),
          Optional.of("write: compare %s with previous".formatted(version)));
    }
    if (clause.get().by() != null) {
      expressions.error(
          IssueCode.CONFLICTING_CLAUSES,
          clause.get().span(),
          "releases are compared with another release, not by an input",
          Optional.of("as in: compare %s with previous".formatted(version)));
      return Optional.empty();
    }
    return clause;
  }

  /** What follows things from event to event has nothing to follow here. */
  void onlyExpects(Kind kind) {
    expressions.error(
        IssueCode.CONFLICTING_CLAUSES,
        clauses.declaration().name().span(),
        "'%s' follows events; embeddings are judged release by release".formatted(kind.word()),
        Optional.of("as in: expect eis <= 0.15"));
  }

  /** Once all expressions are checked: what is used of the measures. */
  Releases releases(Embeddings embeddings, Clause.Compare clause) {
    var measured = new ArrayList<Measured>();
    scope
        .given()
        .forEach(
            local -> {
              Measure measure = MEASURES.get(local.name());
              if (measure != null) {
                measured.add(new Measured(measure, local));
              }
            });
    measured.addAll(lifting.measured());
    double least =
        clauses.all(Clause.Least.class).stream().mapToDouble(this::share).max().orElse(0);
    Optional<String> pinned =
        Optional.ofNullable(clause.pinned()).map(io.assay.assertion.rule.ast.Text::value);
    return new Releases(embeddings, pinned, least, measured);
  }

  private double share(Clause.Least least) {
    if (!least.of().text().equals("items")) {
      expressions.error(
          IssueCode.UNKNOWN_WORD,
          least.of().span(),
          "expected items, got '%s'".formatted(least.of().text()),
          Optional.of("as in: at least 95% of items"));
      return 0;
    }
    return new Amounts(expressions).share(least.amount(), scope, "'at least'").orElse(0.0);
  }

  /** A vector or an item is of one item; releases have many. */
  void wholly(Term term) {
    int event = scope.event().orElseThrow().index();
    boolean single = Subterms.reads(term).anyMatch(local -> local.index() == event);
    if (single) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          term.span(),
          "this looks at one item; releases are compared by measures",
          Optional.of("as in: eis, neighbours(5), displacement, pip, overlap, coverage"));
    }
  }
}
