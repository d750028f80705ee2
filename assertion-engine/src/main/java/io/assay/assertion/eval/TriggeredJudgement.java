package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.util.Set;

/**
 * {@code when ASSERTION violated}: an event of which the other says nothing is none to this one.
 *
 * <p>The other is judged before, by the same event.
 */
final class TriggeredJudgement implements Judgement {
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
  public CheckedAssertion assertion() {
    return judgement.assertion();
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

  @Override
  public void finish(Memory memory, Moment last) {
    judgement.finish(memory, last);
  }

  @Override
  public long due(Memory memory) {
    return judgement.due(memory);
  }

  @Override
  public void passed(Memory memory, Moment last, long clock) {
    judgement.passed(memory, last, clock);
  }

  @Override
  public long neededFrom(Memory memory) {
    return judgement.neededFrom(memory);
  }

  @Override
  public void pin(Memory memory, Set<Long> sequences) {
    judgement.pin(memory, sequences);
  }
}
