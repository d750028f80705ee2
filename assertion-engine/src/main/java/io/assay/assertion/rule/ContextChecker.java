package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Context.Awaited;
import io.assay.assertion.rule.ir.Context.Join;
import io.assay.assertion.rule.ir.Context.Join.Partner;
import io.assay.assertion.rule.ir.Context.Releases;
import io.assay.assertion.rule.ir.Context.Trigger;
import io.assay.assertion.rule.ir.Context.Versions;
import io.assay.assertion.rule.ir.DeclaredStream.Truth;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks what an assertion looks at beside the events of its stream. */
final class ContextChecker {
  private final ClauseList clauses;
  private final ExpressionChecker expressions;
  private final Scope scope;
  private Optional<Join> join = Optional.empty();
  private Optional<Trigger> trigger = Optional.empty();
  private Optional<Versions> versions = Optional.empty();
  private Supplier<Optional<Releases>> releases = Optional::empty;

  ContextChecker(ClauseList clauses, ExpressionChecker expressions, Scope scope) {
    this.clauses = clauses;
    this.expressions = expressions;
    this.scope = scope;
  }

  private boolean momentary() {
    return clauses.has(Clause.Expect.class) || clauses.has(Clause.Match.class);
  }

  /** Puts the names of partners, versions and truths in scope. */
  void declare(Declarations declared, Triggers triggers) {
    CheckedStream on = scope.stream().orElseThrow();
    for (Truth truth : scope.truths()) {
      scope.offer(truth.name(), truth.type());
      if (scope.truths().size() == 1 && on.type().root().field("truth").isEmpty()) {
        scope.offer("truth", truth.type());
      }
    }
    join =
        clauses
            .first(Clause.Join.class)
            .flatMap(clause -> new JoinChecker(declared, expressions).join(clause, scope));
    trigger =
        clauses
            .first(Clause.When.class)
            .flatMap(
                clause ->
                    new TriggerChecker(expressions, triggers::of)
                        .trigger(clause, on.type().name(), momentary()));
    versions =
        clauses
            .first(Clause.Compare.class)
            .flatMap(clause -> new VersionChecker(expressions).versions(clause, scope));
  }

  /** Under {@code compare} every field is of one of the versions. */
  void ofVersions(List<Let> lets, Kind kind, Term severity, Optional<Windowing> windowing) {
    if (versions.isEmpty()) {
      return;
    }
    var terms = new ArrayList<Term>();
    lets.forEach(let -> terms.add(let.term()));
    windowing.ifPresent(w -> w.statistics().forEach(s -> terms.addAll(s.terms())));
    if (kind instanceof Kind.Expect expect) {
      expect.expectations().forEach(line -> terms.add(line.condition()));
    }
    terms.add(severity);
    var checker = new VersionChecker(expressions);
    terms.forEach(term -> checker.bothKnown(term, scope));
  }

  /** Worked out last: sentences may use measures that nothing else does. */
  void releases(Supplier<Releases> compared) {
    releases = () -> Optional.of(compared.get());
  }

  Context context(Optional<Windowing> windowing) {
    return new Context(join, windowing, versions, releases.get(), trigger, awaited());
  }

  private List<Awaited> awaited() {
    var awaited = new ArrayList<Awaited>();
    scope
        .given()
        .forEach(
            local ->
                scope.truths().stream()
                    .filter(
                        truth -> truth.name().equals(local.name()) || local.name().equals("truth"))
                    .findFirst()
                    .ifPresent(truth -> awaited.add(new Awaited(truth, local))));
    return awaited;
  }

  /** With what is read of each partner. */
  static Context reading(Context context, Reads reads) {
    return new Context(
        context
            .join()
            .map(
                joined ->
                    new Join(
                        joined.partners().stream()
                            .map(
                                p ->
                                    new Partner(p.stream(), p.event(), reads.of(p.stream().name())))
                            .toList(),
                        joined.how())),
        context.windowing(),
        context.versions(),
        context.releases(),
        context.trigger(),
        context.truths());
  }
}
