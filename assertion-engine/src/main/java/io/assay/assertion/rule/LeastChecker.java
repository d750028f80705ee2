package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.Windowing.Least;
import io.assay.assertion.rule.ir.Windowing.Unit;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Checks how much evidence a window needs. */
final class LeastChecker {
  private final ClauseList clauses;
  private final ExpressionChecker expressions;
  private final boolean truths;

  /** {@code truths}: whether the stream says what turned out to be true. */
  LeastChecker(ClauseList clauses, ExpressionChecker expressions, boolean truths) {
    this.clauses = clauses;
    this.expressions = expressions;
    this.truths = truths;
  }

  Optional<Least> least(Clause.Least least, Scope scope) {
    Optional<Unit> unit = unit(least.of());
    Optional<Long> count = new Amounts(expressions).count(least.amount(), scope, 1, "'at least'");
    return unit.flatMap(of -> count.map(c -> new Least(c, of)));
  }

  private Optional<Unit> unit(Name written) {
    Set<Unit> allowed = new LinkedHashSet<>();
    boolean pairs = clauses.has(Clause.Compare.class) || clauses.has(Clause.Match.class);
    allowed.add(pairs ? Unit.PAIRS : Unit.EVENTS);
    if (clauses.has(Clause.Each.class)) {
      allowed.add(Unit.ELEMENTS);
    }
    if (truths) {
      allowed.add(Unit.TRUTHS);
    }
    if (written.text().equals("truths") && !truths) {
      expressions.error(
          IssueCode.MISSING_CLAUSE,
          written.span(),
          "the stream does not say where its truth comes from",
          Optional.of("add to it: truth NAME bool from topic \"…\" within 90d"));
      return Optional.empty();
    }
    String text = written.text().toUpperCase(Locale.ROOT);
    boolean singular = allowed.stream().anyMatch(unit -> unit.name().equals(text + "S"));
    Name word = singular ? new Name(written.text() + "s", written.span()) : written;
    return new Words(expressions).word(word, Unit.class, allowed);
  }
}
