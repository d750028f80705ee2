package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.List;
import java.util.Optional;

/**
 * Judges a stream as a whole, whatever the keys of its events: {@code silence over stream}.
 *
 * <p>Needs all events of the stream, about as they arrived; those behind the newest of any key by
 * more than the stream's lateness end no silence. The key of what it finds is empty.
 */
public final class OverStream {
  private final StreamJudge judge;
  private final KeyState state;

  private OverStream(StreamJudge judge) {
    this.judge = judge;
    this.state = judge.newKey("");
  }

  /** Where rules say something over the stream. */
  public static Optional<OverStream> of(CheckedRules rules, StreamType stream, String project) {
    return assertions(rules.on(stream)).isEmpty()
        ? Optional.empty()
        : Optional.of(new OverStream(StreamJudge.overStream(rules, stream, project)));
  }

  /** Those of some assertions that are about a stream as a whole. */
  public static List<CheckedAssertion> assertions(List<CheckedAssertion> all) {
    return all.stream().filter(StreamJudge::isOverStream).toList();
  }

  public void judge(Event event, Verdicts out) {
    judge.judge(state, event, new Told(out));
  }

  /** Events that are late or repeated are told by their own key. */
  private record Told(Verdicts out) implements Verdicts {
    @Override
    public void violation(Violation violation) {
      out.violation(violation);
    }

    @Override
    public void count(String assertion, String expectation, Tally tally, long minute, long by) {
      out.count(assertion, expectation, tally, minute, by);
    }

    @Override
    public void undecided(String assertion, String expectation, long at, String reason) {
      out.undecided(assertion, expectation, at, reason);
    }

    @Override
    public void late(Event event, LateReason reason) {}

    @Override
    public void duplicate(Event event) {}

    @Override
    public void error(String assertion, String message) {
      out.error(assertion, message);
    }
  }
}
