package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is judged after the streams themselves: joins, which wait for events of other streams, and
 * what waits for a join ({@code when}). Each event of an assertion's own stream in order, each
 * once.
 */
final class Stage {
  private final List<StreamType> streams;
  private final List<JoinJudgement> joins = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final List<Bound> quiet = new ArrayList<>();
  private final List<EventSlices> slices = new ArrayList<>();
  private final Map<String, String> missing = new HashMap<>();
  private final Outcomes outcomes;
  private final Episodes.Telling telling = new Episodes.Telling();
  private Costs costs = Costs.unmeasured();

  private Stage(CheckedRules rules, List<StreamType> streams, List<CheckedAssertion> staged) {
    this.streams = streams;
    this.outcomes = new Outcomes(staged);
    for (CheckedAssertion assertion : staged) {
      places.put(assertion.name(), joins.size());
      joins.add(new JoinJudgement(assertion));
      quiet.add(Episodes.quiet(assertion));
      slices.add(EventSlices.of(rules, assertion.on()));
      Outcomes.missing(assertion, Outcomes.names(rules.assertions()))
          .ifPresent(why -> missing.put(assertion.name(), why));
    }
  }

  static Stage of(CheckedRules rules, List<StreamType> streams) {
    List<CheckedAssertion> staged = new ArrayList<>();
    for (StreamType stream : streams) {
      for (CheckedAssertion assertion : Outcomes.inOrder(rules.on(stream))) {
        boolean after =
            assertion
                .context()
                .trigger()
                .filter(trigger -> Outcomes.names(staged).contains(trigger.assertion()))
                .isPresent();
        if (after || assertion.context().join().isPresent()) {
          staged.add(assertion);
        }
      }
    }
    return new Stage(rules, streams, staged);
  }

  List<CheckedAssertion> assertions() {
    return joins.stream().map(JoinJudgement::assertion).toList();
  }

  boolean isEmpty() {
    return joins.isEmpty();
  }

  /** From now on it is measured what joins cost. */
  void measure(Costs to) {
    costs = to;
  }

  /** An event has been judged by its own stream's assertions; they said this. */
  void add(GroupState state, String stream, Past past, Outcomes own) {
    if (isEmpty()) {
      return;
    }
    state.buffer(stream).add(past);
    for (String name : outcomes.watched()) {
      if (!places.containsKey(name)) {
        state.tell(name, past.sequence(), own.of(name));
      }
    }
  }

  /**
   * Judges what can be judged by now.
   *
   * @param ended no more events come
   */
  void judge(GroupState state, Verdicts out, boolean ended) {
    if (isEmpty()) {
      return;
    }
    for (int place = 0; place < joins.size(); place++) {
      judge(place, state, out, ended);
    }
    forget(state);
  }

  private void judge(int place, GroupState state, Verdicts out, boolean ended) {
    JoinJudgement join = joins.get(place);
    Memory memory = state.memories.get(place);
    String stream = join.assertion().on().name();
    for (Past driver : state.buffer(stream).from(state.next[place])) {
      if (waitsForOther(join, driver, state)) {
        return;
      }
      outcomes.begin(out);
      telling.to(outcomes.nobodyWaits() ? out : outcomes);
      Moment moment = new Moment(state.of(stream), driver, List.of(), slices.get(place), telling);
      telling.of(memory, quiet.get(place), driver.at(), driver.sequence());
      if (memory.failed) {
        outcomes.failed(join.assertion().name());
      } else if (!measured(join, memory, moment, state, ended)) {
        return;
      }
      if (outcomes.watched().contains(join.assertion().name())) {
        state.tell(
            join.assertion().name(), driver.sequence(), outcomes.of(join.assertion().name()));
      }
      state.next[place] = driver.sequence() + 1;
    }
  }

  private boolean measured(
      JoinJudgement join, Memory memory, Moment moment, GroupState state, boolean ended) {
    if (!costs.begin()) {
      return judge(join, memory, moment, state, ended);
    }
    long before = costs.now();
    boolean done = judge(join, memory, moment, state, ended);
    costs.took(join.assertion().name(), costs.now() - before);
    return done;
  }

  /** The other is a join itself, and has not come to this event. */
  private boolean waitsForOther(JoinJudgement join, Past driver, GroupState state) {
    Integer other =
        join.assertion().context().trigger().map(t -> places.get(t.assertion())).orElse(null);
    return other != null && state.next[other] <= driver.sequence();
  }

  private boolean judge(
      JoinJudgement join, Memory memory, Moment moment, GroupState state, boolean ended) {
    try {
      String why = missing.get(join.assertion().name());
      if (why != null) {
        throw new IllegalStateException(why);
      }
      return skipped(join, moment, state) || join.judge(memory, moment, state.buffers, ended);
    } catch (RuntimeException e) {
      memory.failed = true;
      moment.failed(join.assertion().name(), e);
      return true;
    }
  }

  /** Where it waits for another, that has said nothing of this event, or nothing certain. */
  private static boolean skipped(JoinJudgement join, Moment moment, GroupState state) {
    CheckedAssertion assertion = join.assertion();
    if (assertion.context().trigger().isEmpty()) {
      return false;
    }
    String other = assertion.context().trigger().get().assertion();
    return switch (state.told(other, moment.now().sequence())) {
      case VIOLATED -> false;
      case HELD -> {
        moment.count(assertion.name(), "", Tally.SEEN, 1);
        yield true;
      }
      case UNDECIDED -> {
        TriggeredJudgement.undecided(assertion, other, moment);
        yield true;
      }
    };
  }

  /** Of each stream stays what has not been judged yet, and what may still be a partner. */
  private void forget(GroupState state) {
    for (StreamType stream : streams) {
      long needed = Long.MAX_VALUE;
      long judged = Long.MAX_VALUE;
      for (int i = 0; i < joins.size(); i++) {
        needed = Math.min(needed, neededFrom(i, stream.name(), state));
        if (joins.get(i).assertion().on().name().equals(stream.name())) {
          judged = Math.min(judged, state.next[i]);
        }
      }
      state.buffer(stream.name()).forgetBefore(needed, judged);
    }
    for (int i = 0; i < joins.size(); i++) {
      int place = i;
      joins
          .get(i)
          .assertion()
          .context()
          .trigger()
          .map(Context.Trigger::assertion)
          .ifPresent(other -> state.forgetTold(other, leastNext(other, state, place)));
    }
  }

  /** The first event at which somebody may still ask what an assertion said. */
  private long leastNext(String other, GroupState state, int known) {
    long least = state.next[known];
    for (int i = 0; i < joins.size(); i++) {
      boolean asks =
          joins
              .get(i)
              .assertion()
              .context()
              .trigger()
              .filter(trigger -> trigger.assertion().equals(other))
              .isPresent();
      least = asks ? Math.min(least, state.next[i]) : least;
    }
    return least;
  }

  /** From which time on an event of a stream may be a partner. */
  private long neededFrom(int place, String stream, GroupState state) {
    JoinJudgement join = joins.get(place);
    long oldest = oldestOpen(place, state, join.assertion().on().name());
    if (!join.partnerStreams().contains(stream)) {
      return Long.MAX_VALUE;
    }
    long asked = oldest == Long.MIN_VALUE ? Long.MIN_VALUE : oldest - join.reach();
    long clock = state.buffer(stream).clock();
    long longest =
        clock == Long.MIN_VALUE ? Long.MIN_VALUE : clock - join.reach() - JoinJudgement.PATIENCE;
    return Math.max(asked, longest);
  }

  /** The time of the first event that is not judged yet; else what its stream has reached. */
  private static long oldestOpen(int place, GroupState state, String driver) {
    List<Past> open = state.buffer(driver).from(state.next[place]);
    return open.isEmpty() ? state.buffer(driver).clock() : open.getFirst().at();
  }

  /**
   * To which event time a stream must come, with or without events, to decide what waits for it.
   */
  long due(GroupState state, StreamType stream) {
    long clock = state.buffer(stream.name()).clock();
    long due = Long.MAX_VALUE;
    for (int i = 0; i < joins.size(); i++) {
      JoinJudgement join = joins.get(i);
      if (join.partnerStreams().contains(stream.name()) && !state.memories.get(i).failed) {
        long until = firstOpen(i, state);
        if (until != Long.MAX_VALUE && clock <= until + join.reach()) {
          due = Math.min(due, until + join.reach() + 1 + stream.latenessNanos());
        }
      }
    }
    return due;
  }

  private long firstOpen(int place, GroupState state) {
    JoinJudgement join = joins.get(place);
    List<Past> open = state.buffer(join.assertion().on().name()).from(state.next[place]);
    return open.isEmpty() || waitsForOther(join, open.getFirst(), state)
        ? Long.MAX_VALUE
        : open.getFirst().at();
  }

  List<JoinJudgement> joins() {
    return joins;
  }
}
