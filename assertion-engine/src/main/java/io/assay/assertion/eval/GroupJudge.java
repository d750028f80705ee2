package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
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
  private final Map<String, StreamJudge> judges;
  private final Stage stage;
  private final GroupCodec codec;
  private final long rest;

  private GroupJudge(
      String project,
      List<StreamType> streams,
      Map<String, StreamJudge> judges,
      Stage stage,
      long rest) {
    this.project = project;
    this.streams = streams;
    this.judges = judges;
    this.stage = stage;
    Map<String, RowShapes> shapes = new HashMap<>();
    judges.forEach((stream, judge) -> shapes.put(stream, judge.shapes()));
    this.codec = new GroupCodec(streams, shapes, stage.joins());
    this.rest = rest;
  }

  /**
   * @param streams those that joins of the rules connect, as {@link ConnectedStreams#of} gives
   *     them, or one that none does
   */
  public static GroupJudge of(CheckedRules rules, List<StreamType> streams, String project) {
    Stage stage = Stage.of(rules, streams);
    List<CheckedAssertion> ofKeys =
        streams.stream()
            .flatMap(stream -> rules.on(stream).stream())
            .filter(assertion -> !OverStream.judges(assertion))
            .toList();
    Map<String, StreamJudge> judges = new LinkedHashMap<>();
    for (StreamType stream : streams) {
      judges.put(stream.name(), StreamJudge.of(rules, stream, project, stage.assertions()));
    }
    return new GroupJudge(project, List.copyOf(streams), judges, stage, Rest.of(ofKeys, streams));
  }

  /** From now on it is measured what assertions cost that judge by key. */
  public void measure(Costs to) {
    judges.values().forEach(judge -> judge.measure(to));
    stage.measure(to);
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
    all.addAll(stage.assertions());
    return all;
  }

  private StreamJudge judge(String stream) {
    return Objects.requireNonNull(judges.get(stream), stream);
  }

  public GroupState newKey(String key) {
    Map<String, KeyState> states = new LinkedHashMap<>();
    judges.forEach((stream, judge) -> states.put(stream, judge.newKey(key)));
    List<Memory> memories = new ArrayList<>();
    stage.joins().forEach(join -> memories.add(new Memory()));
    return new GroupState(key, states, memories);
  }

  /**
   * Judges an event of the key, and those of other streams that waited for it.
   *
   * @return what {@link WindowJudge} counts of it, where it is judged, now or later: it is neither
   *     late, nor from the future, nor repeated
   */
  public Optional<Taken> judge(GroupState state, Event event, Verdicts out) {
    if (isOver(state, event)) {
      end(state, out);
    }
    String stream = event.stream().name();
    KeyState own = state.of(stream);
    StreamJudge judge = judge(stream);
    Optional<Taken> taken = judge.judge(own, event, out, past -> ordered(state, stream, past));
    state.buffer(stream).passTo(judge.clock(own));
    stage.judge(state, out, false);
    return taken;
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
    stage.judge(state, out, false);
  }

  private boolean isOver(GroupState state, Event next) {
    long newest = state.newest();
    return newest != Long.MIN_VALUE
        && next.at() - rest > newest
        && !StreamJudge.isFromTheFuture(next);
  }

  /**
   * From when on, by the clock of arrivals, nothing of before says anything of what the key sends
   * next: its state may then be {@link #end ended} and forgotten. An event that comes so long after
   * the last one does the same by itself.
   *
   * @return nanoseconds since the epoch; none where nothing has come yet
   */
  public OptionalLong over(GroupState state) {
    long received = state.newestReceived();
    return received == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(received + rest);
  }

  /** The key's recording is over: judges what that decides, and begins anew. */
  public void end(GroupState state, Verdicts out) {
    long at = state.newest() + rest;
    streams.forEach(stream -> tick(state, stream, at, out));
    finish(state, out);
    state.beginAnew(newKey(state.key()));
  }

  /** The recording is over: judges what waits, and what only an end can tell. */
  public void finish(GroupState state, Verdicts out) {
    judges.forEach(
        (stream, judge) ->
            judge.finish(state.of(stream), out, past -> ordered(state, stream, past)));
    stage.judge(state, out, true);
  }

  private void ordered(GroupState state, String stream, Past past) {
    stage.add(state, stream, past, judge(stream).outcomes());
  }

  /**
   * When, by the clock of arrivals, it is time to {@link #pass}: if until then nothing of the key
   * has come from a stream, that decides something.
   *
   * @return nanoseconds since the epoch; none where nothing waits for this stream
   */
  public OptionalLong due(GroupState state, StreamType stream) {
    long due = dueAt(state, stream);
    KeyState heard = heard(state, stream);
    return due == Long.MAX_VALUE || heard.newestReceived == Long.MIN_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(heard.newestReceived + Math.max(0, due - heard.newest));
  }

  /**
   * Nothing of the key has come from a stream until now: judges what that decides.
   *
   * <p>Event time of an idle stream is that of its last event of the key and what has passed since
   * that was received. It is taken no further than is needed: what comes later than it should is
   * late only where it speaks against a verdict.
   *
   * @param received the clock of arrivals, nanoseconds since the epoch
   * @return event times passed, in order; none where nothing was due
   */
  public List<Long> pass(GroupState state, StreamType stream, long received, Verdicts out) {
    List<Long> ticks = new ArrayList<>();
    OptionalLong due = due(state, stream);
    while (due.isPresent() && due.getAsLong() <= received) {
      long at = dueAt(state, stream);
      tick(state, stream, at, out);
      ticks.add(at);
      if (dueAt(state, stream) <= at) {
        throw new IllegalStateException("the tick at " + at + " has decided nothing");
      }
      due = due(state, stream);
    }
    return ticks;
  }

  private long dueAt(GroupState state, StreamType stream) {
    return Math.min(judge(stream.name()).due(state.of(stream.name())), stage.due(state, stream));
  }

  /** Whose last event tells the time: the stream's own, or before its first that heard last. */
  private KeyState heard(GroupState state, StreamType stream) {
    KeyState heard = state.of(stream.name());
    if (heard.newest == Long.MIN_VALUE) {
      for (KeyState other : state.streams().values()) {
        heard = other.newestReceived > heard.newestReceived ? other : heard;
      }
    }
    return heard;
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

  /** Which fields stored events have, by a hash: to be stored beside the states. */
  public Map<Long, byte[]> fields() {
    Map<Long, byte[]> all = new HashMap<>();
    judges.values().forEach(judge -> all.putAll(judge.shapes().told()));
    return all;
  }

  /**
   * Takes in what {@link #fields} gave under rules before these; then their bytes are read, too.
   */
  public void learn(byte[] fields) {
    judges.values().forEach(judge -> judge.shapes().learn(fields));
  }

  /**
   * Hashes of fields that were {@link #learn learned} and are not those of now, and that nothing
   * restored since has had: once all states were restored, nobody needs them any more.
   */
  public Set<Long> unmetFields() {
    Set<Long> all = new HashSet<>();
    judges.values().forEach(judge -> all.addAll(judge.shapes().unmet()));
    return all;
  }

  /** The bytes of pairs of versions that events of a stream complete. */
  public PairCodec pairs(StreamType stream) {
    return new PairCodec(judge(stream.name()).shapes());
  }

  /** Whether bytes were written by this version; those of older ones are read all the same. */
  public static boolean isOfThisVersion(byte[] snapshot) {
    return snapshot.length > 0 && snapshot[0] == GroupCodec.VERSION;
  }

  /** Whether anything of these rules is ever decided by time that passes alone. */
  public boolean needsTicks() {
    return !stage.isEmpty()
        || streams.stream().anyMatch(stream -> stream.latenessNanos() > 0)
        || assertions().stream().anyMatch(GroupJudge::waits);
  }

  private static boolean waits(CheckedAssertion assertion) {
    return assertion.kind() instanceof Kind.Silence || assertion.context().versions().isPresent();
  }

  /** Whose events these are. */
  public String project() {
    return project;
  }
}
