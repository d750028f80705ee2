package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Judges the events of streams that joins connect, key by key: each stream by its own assertions,
 * and all together by those that join them.
 *
 * <p>Events of different streams may come in any order among each other; the verdicts are the same.
 * A judge belongs to one thread at a time.
 */
public final class GroupJudge {
  private final String project;
  private final List<StreamType> streams;
  private final Map<String, StreamJudge> judges = new LinkedHashMap<>();
  private final List<JoinJudgement> joins = new ArrayList<>();
  private final List<Bound> quiet = new ArrayList<>();
  private final Episodes.Telling telling = new Episodes.Telling();
  private final GroupCodec codec;

  private GroupJudge(String project, List<StreamType> streams) {
    this.project = project;
    this.streams = streams;
    this.codec = new GroupCodec(streams, joins);
  }

  /**
   * @param streams those that joins of the rules connect, as {@link #groups} gives them, or one
   *     that none does
   */
  public static GroupJudge of(CheckedRules rules, List<StreamType> streams, String project) {
    GroupJudge judge = new GroupJudge(project, List.copyOf(streams));
    for (StreamType stream : streams) {
      judge.judges.put(stream.name(), StreamJudge.of(rules, stream, project));
      for (CheckedAssertion assertion : rules.on(stream)) {
        if (assertion.context().join().isPresent()) {
          judge.joins.add(new JoinJudgement(assertion));
          judge.quiet.add(Episodes.quiet(assertion));
        }
      }
    }
    return judge;
  }

  /** The streams of a rule set, those together that a join connects; in order of declaration. */
  public static List<List<StreamType>> groups(CheckedRules rules) {
    Map<String, Set<String>> connected = new LinkedHashMap<>();
    rules.streams().forEach(s -> connected.put(s.name(), new LinkedHashSet<>(Set.of(s.name()))));
    for (CheckedAssertion assertion : rules.assertions()) {
      assertion
          .context()
          .join()
          .ifPresent(
              join ->
                  join.partners()
                      .forEach(
                          partner ->
                              connect(connected, assertion.on().name(), partner.stream().name())));
    }
    return connected.values().stream()
        .distinct()
        .map(names -> rules.streams().stream().filter(s -> names.contains(s.name())).toList())
        .toList();
  }

  private static void connect(Map<String, Set<String>> connected, String a, String b) {
    Set<String> both = new LinkedHashSet<>(Objects.requireNonNull(connected.get(a)));
    both.addAll(Objects.requireNonNull(connected.get(b)));
    both.forEach(name -> connected.put(name, both));
  }

  public List<StreamType> streams() {
    return streams;
  }

  /** Dotted paths of the fields of a stream that a decoder must read. */
  public Set<String> reads(StreamType stream) {
    return judge(stream.name()).reads();
  }

  /** The assertions judged by, those of each stream behind its built-in one, then the joins. */
  public List<CheckedAssertion> assertions() {
    List<CheckedAssertion> all = new ArrayList<>();
    judges.values().forEach(judge -> all.addAll(judge.assertions()));
    joins.forEach(join -> all.add(join.assertion()));
    return all;
  }

  private StreamJudge judge(String stream) {
    return Objects.requireNonNull(judges.get(stream), stream);
  }

  public GroupState newKey(String key) {
    Map<String, KeyState> states = new LinkedHashMap<>();
    judges.forEach((stream, judge) -> states.put(stream, judge.newKey(key)));
    List<Memory> memories = new ArrayList<>();
    joins.forEach(join -> memories.add(new Memory()));
    return new GroupState(key, states, memories);
  }

  /** Judges an event of the key, and those of other streams that waited for it. */
  public void judge(GroupState state, Event event, Verdicts out) {
    String stream = event.stream().name();
    KeyState own = state.of(stream);
    StreamJudge judge = judge(stream);
    judge.judge(own, event, out, past -> ordered(state, stream, past));
    state.buffer(stream).passTo(judge.clock(own));
    join(state, out, false);
  }

  /**
   * Time has passed without events of one stream: judges what waited for it.
   *
   * @param at event time of the stream now, nanoseconds since the epoch
   */
  public void tick(GroupState state, StreamType stream, long at, Verdicts out) {
    KeyState own = state.of(stream.name());
    StreamJudge judge = judge(stream.name());
    judge.tick(own, at, out, past -> ordered(state, stream.name(), past));
    state.buffer(stream.name()).passTo(Math.max(judge.clock(own), at - stream.latenessNanos()));
    join(state, out, false);
  }

  /** The recording is over: judges what waits, and what only an end can tell. */
  public void finish(GroupState state, Verdicts out) {
    judges.forEach(
        (stream, judge) ->
            judge.finish(state.of(stream), out, past -> ordered(state, stream, past)));
    join(state, out, true);
  }

  private void ordered(GroupState state, String stream, Past past) {
    if (!joins.isEmpty()) {
      state.buffer(stream).add(past);
    }
  }

  private void join(GroupState state, Verdicts out, boolean ended) {
    if (joins.isEmpty()) {
      return;
    }
    telling.to(out);
    for (int i = 0; i < joins.size(); i++) {
      join(i, state, ended);
    }
    forget(state);
  }

  private void join(int place, GroupState state, boolean ended) {
    JoinJudgement join = joins.get(place);
    Memory memory = state.memories.get(place);
    String stream = join.assertion().on().name();
    for (Past driver : state.buffer(stream).events()) {
      if (driver.sequence() < state.next[place]) {
        continue;
      }
      Moment moment = new Moment(state.of(stream), driver, List.of(), telling);
      telling.of(memory, quiet.get(place), driver.at(), driver.sequence());
      if (!memory.failed && !judge(join, memory, moment, state, ended)) {
        return;
      }
      state.next[place] = driver.sequence() + 1;
    }
  }

  private static boolean judge(
      JoinJudgement join, Memory memory, Moment moment, GroupState state, boolean ended) {
    try {
      return join.judge(memory, moment, state.buffers, ended);
    } catch (RuntimeException e) {
      memory.failed = true;
      moment
          .out()
          .error(
              join.assertion().name(),
              "%s at event %s of key %s: %s"
                  .formatted(
                      e.getClass().getSimpleName(),
                      moment.now().id(),
                      moment.key().key(),
                      e.getMessage()));
      return true;
    }
  }

  /** Of each stream stays what has not been judged yet, and what may still be a partner. */
  private void forget(GroupState state) {
    for (StreamType stream : streams) {
      Buffer buffer = state.buffer(stream.name());
      long needed = Long.MAX_VALUE;
      for (int i = 0; i < joins.size(); i++) {
        needed = Math.min(needed, neededFrom(i, stream.name(), state));
      }
      buffer.forgetBefore(needed);
    }
  }

  private long neededFrom(int place, String stream, GroupState state) {
    JoinJudgement join = joins.get(place);
    String driver = join.assertion().on().name();
    long oldest = oldestOpen(place, state, driver);
    if (driver.equals(stream)) {
      return oldest;
    }
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
    for (Past past : state.buffer(driver).events()) {
      if (past.sequence() >= state.next[place]) {
        return past.at();
      }
    }
    return state.buffer(driver).clock();
  }

  /** The state as bytes, versioned. */
  public byte[] snapshot(GroupState state) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    judges.forEach((stream, judge) -> parts.put(stream, judge.snapshot(state.of(stream))));
    return codec.write(state, parts);
  }

  /**
   * The state of a key from its bytes. What belonged to rules that are no more is dropped; new
   * rules start afresh.
   *
   * @throws IllegalArgumentException where the bytes are not those of a state
   */
  public GroupState restore(String key, byte[] bytes) {
    GroupState state = newKey(key);
    codec.read(
        state,
        bytes,
        (stream, part) -> state.streams().put(stream, judge(stream).restore(key, part)));
    return state;
  }

  /** Whose events these are. */
  public String project() {
    return project;
  }
}
