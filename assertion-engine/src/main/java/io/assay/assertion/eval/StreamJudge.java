package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Judges the events of one stream by all assertions on it, key by key.
 *
 * <p>Everything remembered is in {@link KeyState}, which can be stored as bytes and restored at any
 * point with the same verdicts to follow. A judge compiles its rules once and is reused; it belongs
 * to one thread at a time.
 */
public final class StreamJudge {
  /** So many wait for their order at once; of more, the earliest are judged before their time. */
  static final int MOST_WAITING = 16_384;

  private final String project;
  private final StreamType stream;
  private final JudgingInOrder inOrder;
  private final Arrivals arrivals;
  private final ArrivingPairs pairs;
  private final Set<String> reads;
  private final StateCodec codec;

  private StreamJudge(
      String project,
      StreamType stream,
      List<Judgement> judgements,
      Outcomes outcomes,
      EventSlices slices,
      List<String> overWindows,
      boolean wide) {
    this.project = project;
    this.stream = stream;
    this.inOrder = new JudgingInOrder(stream, judgements, outcomes, slices, wide);
    this.arrivals =
        new Arrivals(
            stream,
            Stream.concat(
                    judgements.stream().map(judgement -> judgement.assertion().name()),
                    overWindows.stream())
                .toList(),
            wide);
    this.pairs = new ArrivingPairs(judgements, slices, stream.latenessNanos());
    this.reads = Set.copyOf(EventFields.declared(stream.root(), ""));
    this.codec =
        new StateCodec(
            stream, judgements.stream().map(j -> j.assertion().judgementHash()).toList());
  }

  /**
   * @param rules judges by all of them that are on the stream and look at no other and no other
   *     key, whatever their mode: a live run gives {@link CheckedRules#live()}
   */
  public static StreamJudge of(CheckedRules rules, StreamType stream, String project) {
    return of(rules, stream, project, List.of());
  }

  /** {@code staged}: assertions that are judged elsewhere; some wait for those judged here. */
  static StreamJudge of(
      CheckedRules rules, StreamType stream, String project, List<CheckedAssertion> staged) {
    List<CheckedAssertion> own =
        rules.on(stream).stream()
            .filter(assertion -> assertion.context().join().isEmpty())
            .filter(assertion -> !OverStream.judges(assertion))
            .filter(assertion -> !isOverWindowsOnly(assertion))
            .filter(assertion -> !staged.contains(assertion))
            .toList();
    List<CheckedAssertion> waiting = new ArrayList<>(own);
    waiting.addAll(staged);
    var outcomes = new Outcomes(waiting);
    List<Judgement> judgements = new ArrayList<>();
    judgements.add(new SchemaJudgement(stream));
    judgements.addAll(Judgements.of(own, outcomes));
    List<String> overWindows =
        rules.on(stream).stream()
            .filter(StreamJudge::isOverWindowsOnly)
            .map(CheckedAssertion::name)
            .toList();
    EventSlices slices = EventSlices.of(rules, stream);
    return new StreamJudge(project, stream, judgements, outcomes, slices, overWindows, false);
  }

  /** Judges all events of a stream as those of one key, by what is said over the stream. */
  static StreamJudge overStream(CheckedRules rules, StreamType stream, String project) {
    var outcomes = new Outcomes(List.of());
    List<CheckedAssertion> own = rules.on(stream).stream().filter(OverStream::judges).toList();
    return new StreamJudge(
        project, stream, Judgements.of(own, outcomes), outcomes, EventSlices.NONE, List.of(), true);
  }

  /** Nothing of it is judged event by event, nor asks for pairs of them. */
  private static boolean isOverWindowsOnly(CheckedAssertion assertion) {
    return assertion.context().windowing().isPresent()
        && assertion.context().versions().isEmpty()
        && assertion.kind() instanceof Kind.Expect expect
        && expect.expectations().stream().allMatch(line -> line.window().isPresent());
  }

  /**
   * Dotted paths of the fields that an {@link io.assay.assertion.event.EventDecoder} must read: all
   * that are declared, since {@code schema} looks at each. What is not declared is skipped.
   */
  public Set<String> reads() {
    return reads;
  }

  /** The assertions judged by, the built-in one first. */
  public List<CheckedAssertion> assertions() {
    return inOrder.assertions();
  }

  public KeyState newKey(String key) {
    return new KeyState(project, new EventNames(stream.name(), key), inOrder.size());
  }

  /**
   * Judges an event of the key, or notes why not; with lateness, also those that waited for it.
   *
   * @return what windows count of it, where it is judged, now or later: it is neither late, nor
   *     from the future, nor repeated
   */
  public Optional<Taken> judge(KeyState state, Event event, Verdicts out) {
    return judge(state, event, out, StreamJudge::nobody);
  }

  /** Whether its time is more than five minutes ahead of its arrival. */
  public static boolean isFromTheFuture(Event event) {
    return Arrivals.isFromTheFuture(event);
  }

  /** {@code ordered} is told of each event when it is judged. */
  Optional<Taken> judge(KeyState state, Event event, Verdicts out, Consumer<Past> ordered) {
    if (!arrivals.admit(state, event, out)) {
      return Optional.empty();
    }
    Taken taken = new Taken(event, pairs.of(state, event, out));
    long lateness = stream.latenessNanos();
    if (lateness == 0) {
      inOrder.judge(state, event, out, ordered);
    } else {
      codec.insert(state.waiting, event);
      release(state, state.latest - lateness, out, ordered);
    }
    return Optional.of(taken);
  }

  /** Judges an event before which none can come any more. */
  void judgeNext(KeyState state, Event event, Verdicts out) {
    state.latest = Math.max(state.latest, event.at());
    inOrder.judge(state, event, out, StreamJudge::nobody);
  }

  /**
   * Time has passed without events of the key: judges those that waited long enough, and that none
   * came.
   *
   * @param at event time now, nanoseconds since the epoch
   */
  public void tick(KeyState state, long at, Verdicts out) {
    tick(state, at, out, StreamJudge::nobody);
  }

  void tick(KeyState state, long at, Verdicts out, Consumer<Past> ordered) {
    if (state.latest != Long.MIN_VALUE && at > state.latest) {
      state.latest = at;
      release(state, at - stream.latenessNanos(), out, ordered);
      inOrder.pass(state, at - stream.latenessNanos(), out);
    }
  }

  /**
   * To which event time a tick must come to decide anything; {@link Long#MAX_VALUE} where nothing
   * waits for time to pass.
   */
  long due(KeyState state) {
    long lateness = stream.latenessNanos();
    long due = state.waiting.isEmpty() ? Long.MAX_VALUE : state.waiting.getFirst().at() + lateness;
    long own = inOrder.due(state);
    return own == Long.MAX_VALUE ? due : Math.min(due, own + 1 + lateness);
  }

  /** What assertions said of the event judged last, as far as others wait for them. */
  Outcomes outcomes() {
    return inOrder.outcomes();
  }

  /** The recording is over: judges what waits, and what only an end can tell. */
  public void finish(KeyState state, Verdicts out) {
    finish(state, out, StreamJudge::nobody);
  }

  void finish(KeyState state, Verdicts out, Consumer<Past> ordered) {
    release(state, Long.MAX_VALUE, out, ordered);
    inOrder.finish(state, out);
  }

  /** From now on it is measured what assertions cost. */
  void measure(Costs to) {
    inOrder.measure(to);
  }

  /** Up to when no event can come any more that would be judged: all before it are judged. */
  long clock(KeyState state) {
    return state.latest == Long.MIN_VALUE ? Long.MIN_VALUE : state.latest - stream.latenessNanos();
  }

  /** Nobody wants to hear of events. */
  private static void nobody(Past past) {}

  private void release(KeyState state, long until, Verdicts out, Consumer<Past> ordered) {
    int released = 0;
    while (released < state.waiting.size()
        && (state.waiting.get(released).at() <= until
            || state.waiting.size() - released > MOST_WAITING)) {
      inOrder.judge(state, state.waiting.get(released++), out, ordered);
    }
    state.waiting.subList(0, released).clear();
  }

  void late(Event event, Verdicts.LateReason reason, Verdicts out) {
    arrivals.late(event, reason, out);
  }

  StateCodec codec() {
    return codec;
  }

  /** Of its events as they are stored. */
  RowShapes shapes() {
    return codec.shapes();
  }

  /** The state as bytes, versioned. */
  public byte[] snapshot(KeyState state) {
    return codec.write(state);
  }

  /**
   * The state of a key from its bytes. What belonged to rules that are no more is dropped; new
   * rules start afresh.
   *
   * @throws IllegalArgumentException where the bytes are not those of a state
   */
  public KeyState restore(String key, byte[] bytes) {
    KeyState state = newKey(key);
    codec.read(state, bytes);
    return state;
  }
}
