package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Kind;
import java.util.List;
import java.util.Optional;

/** Checks what an assertion asserts: finds its kind and leaves it to those who know the kind. */
final class KindChecker {
  private final ClauseList clauses;
  private final ExpressionChecker expressions;
  private final PerKeyKinds perKey;
  private final ExpectKinds expects;
  private final MatchKinds matches;

  /** {@code passed}: what is known of all that is judged. */
  KindChecker(
      ClauseList clauses, ExpressionChecker expressions, WindowChecker windows, Ranges passed) {
    this.clauses = clauses;
    this.expressions = expressions;
    this.perKey = new PerKeyKinds(clauses, expressions);
    this.expects = new ExpectKinds(clauses, expressions, windows, passed);
    this.matches = new MatchKinds(clauses, expressions, expects);
  }

  Optional<Kind> kind(List<Let> lets, Scope scope) {
    // The pairs of a match may be expected of; it is a match all the same.
    Optional<Clause.Match> match = clauses.first(Clause.Match.class);
    if (match.isPresent()) {
      return matches.match(match.get(), scope);
    }
    for (Clause clause : clauses.declaration().clauses()) {
      if (ClauseList.isKind(clause)) {
        Optional<Kind> kind = kind(clause, lets, scope);
        kind.ifPresent(new NeverViolated(expressions, clause.span())::kind);
        return kind;
      }
    }
    if (!clauses.declaration().damaged() && !clauses.misses()) {
      expressions.error(
          IssueCode.NO_KIND,
          clauses.declaration().name().span(),
          "assertion '%s' does not say what must hold"
              .formatted(clauses.declaration().name().text()),
          Optional.of("as in: expect EXPR, or: absent less than 500ms"));
    }
    return Optional.empty();
  }

  private Optional<Kind> kind(Clause clause, List<Let> lets, Scope scope) {
    boolean lines = clause instanceof Clause.Expect || clause instanceof Clause.ForEach;
    if (!lines) {
      clauses.forbid(
          List.of(Clause.Window.class),
          "'%s' follows single events; a window is for 'expect'"
              .formatted(ClauseList.word(clause)));
    }
    return switch (clause) {
      case Clause.Absent c -> perKey.absent(c, scope);
      case Clause.Present c -> perKey.present(c, scope);
      case Clause.Returns c -> perKey.returns(c, scope);
      case Clause.Transitions c -> perKey.transitions(c, scope);
      case Clause.Consistent c -> perKey.consistent(c, scope);
      case Clause.Change c -> perKey.change(c, lets, scope);
      case Clause.Silence c -> perKey.silence(c, scope);
      case Clause.Expect ignored -> lines(scope);
      case Clause.ForEach ignored -> lines(scope);
      default -> throw new IllegalStateException("no kind: " + ClauseList.word(clause));
    };
  }

  private Optional<Kind> lines(Scope scope) {
    List<Kind.Expectation> lines = expects.lines(scope);
    return lines.isEmpty() ? Optional.empty() : Optional.of(new Kind.Expect(lines));
  }
}
