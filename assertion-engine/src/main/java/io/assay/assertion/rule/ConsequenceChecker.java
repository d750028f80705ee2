package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ir.Consequences;
import io.assay.assertion.rule.ir.Consequences.Alert;
import io.assay.assertion.rule.ir.Consequences.Sample;
import io.assay.assertion.rule.ir.Consequences.Unit;
import io.assay.assertion.rule.ir.Correction;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks what follows a violation: corrections, samples and alerts. */
final class ConsequenceChecker {
  private final ClauseList clauses;
  private final ExpressionChecker expressions;
  private final AlertChecker alerts;

  ConsequenceChecker(ClauseList clauses, Declarations declared, ExpressionChecker expressions) {
    this.clauses = clauses;
    this.expressions = expressions;
    this.alerts = new AlertChecker(expressions, declared.routes());
  }

  /** {@code names}: what severity and sentences see. */
  Consequences check(
      Kind kind, Optional<Each> each, boolean identified, boolean windowed, Scope names) {
    if (windowed) {
      clauses.forbid(
          List.of(Clause.Correct.class), "a window is no output, so there is nothing to correct");
    }
    var corrections = new CorrectionChecker(expressions, each, followed(kind, each, names));
    List<Correction> corrected =
        (windowed ? List.<Clause.Correct>of() : clauses.all(Clause.Correct.class))
            .stream().flatMap(clause -> corrections.check(clause, names).stream()).toList();
    Optional<Sample> sample =
        clauses
            .first(Clause.Sample.class)
            .flatMap(clause -> alerts.sample(clause, windowed, names));
    List<Unit> units = units(kind, each.isPresent(), identified, windowed);
    List<Alert> alerted =
        clauses.all(Clause.Alert.class).stream()
            .flatMap(clause -> alerts.alert(clause, units, windowed, names).stream())
            .toList();
    return new Consequences(corrected, sample, alerted);
  }

  /** Of an assertion that is not checked further. */
  static void routes(ClauseList clauses, Declarations declared, ExpressionChecker expressions) {
    var alerts = new AlertChecker(expressions, declared.routes());
    clauses.all(Clause.Alert.class).forEach(alerts::routes);
  }

  /** What is followed through time: the element of an identity, or the key's event. */
  private static Optional<Local> followed(Kind kind, Optional<Each> each, Scope names) {
    return switch (kind) {
      case Kind.Absent ignored -> each.map(Each::element).or(names::event);
      case Kind.Present ignored -> each.map(Each::element).or(names::event);
      case Kind.Returns ignored -> each.map(Each::element).or(names::event);
      case Kind.Transitions ignored -> each.map(Each::element).or(names::event);
      case Kind.Consistent ignored -> each.map(Each::element).or(names::event);
      case Kind.Change ignored -> each.map(Each::element).or(names::event);
      case Kind.Silence ignored -> Optional.empty();
      case Kind.Match ignored -> Optional.empty();
      case Kind.Expect ignored -> Optional.empty();
      case Kind.Schema ignored -> Optional.empty();
    };
  }

  /** What a rate can be of; the kind's own first. */
  private List<Unit> units(Kind kind, boolean each, boolean identified, boolean windowed) {
    var units = new ArrayList<Unit>();
    if (windowed) {
      units.add(Unit.WINDOW);
    }
    if (clauses.has(Clause.Compare.class)) {
      units.add(Unit.PAIR);
    }
    boolean follows =
        !(kind instanceof Kind.Expect
            || kind instanceof Kind.Match
            || kind instanceof Kind.Silence
            || kind instanceof Kind.Schema);
    if (follows && identified) {
      units.add(Unit.IDENTITY);
    }
    if (each) {
      units.add(Unit.ELEMENT);
    }
    units.add(Unit.EVENT);
    if (kind instanceof Kind.Match) {
      units.add(Unit.PAIR);
    }
    return units;
  }
}
