package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.rule.ir.CheckedAssertion;

/**
 * {@code when ASSERTION violated}: an event of which the other says nothing is none to this one.
 *
 * <p>The other is judged before, by the same event.
 */
final class TriggeredJudgement implements OfSomeEvents {
  private final Judgement judgement;
  private final String other;
  private final Outcomes outcomes;

  private TriggeredJudgement(Judgement judgement, String other, Outcomes outcomes) {
    this.judgement = judgement;
    this.other = other;
    this.outcomes = outcomes;
  }

  /** As it is, where the assertion waits for no other. */
  static Judgement of(Judgement judgement, Outcomes outcomes) {
    return judgement
        .assertion()
        .context()
        .trigger()
        .<Judgement>map(trigger -> new TriggeredJudgement(judgement, trigger.assertion(), outcomes))
        .orElse(judgement);
  }

  @Override
  public Judgement judgement() {
    return judgement;
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    switch (outcomes.of(other)) {
      case VIOLATED -> judgement.judge(memory, moment);
      case HELD -> moment.count(assertion().name(), "", Tally.SEEN, 1);
      case UNDECIDED -> undecided(assertion(), other, moment);
    }
  }

  static void undecided(CheckedAssertion assertion, String other, Moment moment) {
    moment.count(assertion.name(), "", Tally.SEEN, 1);
    SelectedEvents.lines(assertion)
        .forEach(line -> moment.undecided(assertion.name(), line, "'" + other + "' is undecided"));
  }
}
