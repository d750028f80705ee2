package io.assay.assertion.eval;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compiles the assertions that judge the events of one key, those that others wait for first. */
final class Judgements {
  private Judgements() {}

  static List<Judgement> of(List<CheckedAssertion> all, Outcomes outcomes) {
    Set<String> judged = Outcomes.names(all);
    Look.Shared looks = new Look.Shared();
    return Outcomes.inOrder(all).stream()
        .map(assertion -> compile(assertion, judged, outcomes, looks))
        .toList();
  }

  /** A rule that cannot be judged is in error from its first event; the others run. */
  private static Judgement compile(
      CheckedAssertion assertion, Set<String> judged, Outcomes outcomes, Look.Shared looks) {
    Optional<String> missing = Outcomes.missing(assertion, judged);
    if (missing.isPresent()) {
      return new BrokenJudgement(assertion, missing.get());
    }
    try {
      return TriggeredJudgement.of(SelectedEvents.of(kind(assertion, looks)), outcomes);
    } catch (RuntimeException e) {
      return new BrokenJudgement(assertion, "could not be compiled: " + e.getMessage());
    }
  }

  private static Judgement kind(CheckedAssertion assertion, Look.Shared looks) {
    return switch (assertion.kind()) {
      case Kind.Absent kind -> new AbsentJudgement(assertion, kind, looks);
      case Kind.Present kind -> new PresentJudgement(assertion, kind, looks);
      case Kind.Expect kind ->
          assertion.context().versions().isPresent()
              ? new CompareJudgement(assertion, kind)
              : new ExpectJudgement(assertion, kind);
      case Kind.Schema ignored -> new SchemaJudgement(assertion.on());
      case Kind.Returns kind -> new ReturnsJudgement(assertion, kind, looks);
      case Kind.Transitions kind -> new TransitionsJudgement(assertion, kind, looks);
      case Kind.Consistent kind -> new ConsistentJudgement(assertion, kind, looks);
      case Kind.Change kind -> new ChangeJudgement(assertion, kind, looks);
      case Kind.Silence kind -> new SilenceJudgement(assertion, kind);
      case Kind.Match kind -> new MatchJudgement(new Scope(assertion), kind, Partners.NONE);
    };
  }
}
