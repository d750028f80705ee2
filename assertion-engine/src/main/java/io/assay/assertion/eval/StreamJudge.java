package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges the events of one stream by all assertions on it, key by key.
 *
 * <p>Everything remembered is in {@link KeyState}, which can be stored as bytes and restored at any
 * point with the same verdicts to follow. A judge compiles its rules once and is reused; it belongs
 * to one thread at a time.
 */
public final class StreamJudge {
  /** Events further ahead of their arrival are not believed. */
  private static final long FUTURE = 5 * 60_000_000_000L;

  /** For how long, at least, a repeated id is known. */
  private static final long REPEATS = 10 * 60_000_000_000L;

  /** So many wait for their order at once; of more, the earliest are judged before their time. */
  static final int MOST_WAITING = 16_384;

  private final String project;
  private final StreamType stream;
  private final List<Judgement> judgements;
  private final Set<String> reads;
  private final StateCodec codec;
  private final List<Bound> quiet;
  private final Outcomes outcomes;
  private final Forgetting forgetting;

  /** Events are of many keys: ids are told apart, and repetitions, by each key alone. */
  private final boolean wide;

  /** Those that find pairs for windows. */
  private final List<Comparing> comparing = new ArrayList<>();

  /** Those over windows alone, for which events that are not judged here are late as well. */
  private final List<String> overWindows;

  private final Episodes.Telling telling = new Episodes.Telling();
  private Costs costs = Costs.unmeasured();

  private record Comparing(int place, CompareJudgement judgement) {}

  private StreamJudge(
      String project,
      StreamType stream,
      List<Judgement> judgements,
      Outcomes outcomes,
      List<String> overWindows,
      boolean wide) {
    this.project = project;
    this.overWindows = overWindows;
    this.stream = stream;
    this.judgements = List.copyOf(judgements);
    this.outcomes = outcomes;
    this.forgetting = new Forgetting(this.judgements);
    this.wide = wide;
    for (int i = 0; i < judgements.size(); i++) {
      if (judgements.get(i) instanceof CompareJudgement compare) {
        comparing.add(new Comparing(i, compare));
      }
    }
    this.quiet = judgements.stream().map(j -> Episodes.quiet(j.assertion())).toList();
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
            .filter(assertion -> !isOverStream(assertion))
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
    return new StreamJudge(project, stream, judgements, outcomes, overWindows, false);
  }

  /** Judges all events of a stream as those of one key, by what is said over the stream. */
  static StreamJudge overStream(CheckedRules rules, StreamType stream, String project) {
    var outcomes = new Outcomes(List.of());
    List<CheckedAssertion> own =
        rules.on(stream).stream().filter(StreamJudge::isOverStream).toList();
    return new StreamJudge(
        project, stream, Judgements.of(own, outcomes), outcomes, List.of(), true);
  }

  /** Nothing of it is judged event by event, nor asks for pairs of them. */
  private static boolean isOverWindowsOnly(CheckedAssertion assertion) {
    return assertion.context().windowing().isPresent()
        && assertion.context().versions().isEmpty()
        && assertion.kind() instanceof Kind.Expect expect
        && expect.expectations().stream().allMatch(line -> line.window().isPresent());
  }

  static boolean isOverStream(CheckedAssertion assertion) {
    return assertion.kind() instanceof Kind.Silence silence && silence.overStream();
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
    return judgements.stream().map(Judgement::assertion).toList();
  }

  public KeyState newKey(String key) {
    return new KeyState(project, new EventNames(stream.name(), key), judgements.size());
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
    return event.at() > event.received() && event.at() - event.received() > FUTURE;
  }

  /** {@code ordered} is told of each event when it is judged. */
  Optional<Taken> judge(KeyState state, Event event, Verdicts out, Consumer<Past> ordered) {
    if (isFromTheFuture(event)) {
      late(event, Verdicts.LateReason.FUTURE, out);
      return Optional.empty();
    }
    long lateness = stream.latenessNanos();
    long hash = 0;
    boolean identified = event.repeats() != null && !wide;
    if (identified) {
      long latest = Math.max(state.latest, event.at());
      state.ids.forgetBefore(latest - Math.max(lateness, REPEATS));
      hash = Hashes.shortOf(String.valueOf(event.repeats()), String.valueOf(version(event)));
      if (state.ids.contains(hash)) {
        out.duplicate(event);
        return Optional.empty();
      }
    }
    if (state.latest != Long.MIN_VALUE
        && event.at() < Math.max(state.latest - lateness, state.judged)) {
      late(event, Verdicts.LateReason.LATE, out);
      return Optional.empty();
    }
    state.latest = Math.max(state.latest, event.at());
    if (event.at() >= state.newest) {
      state.newest = event.at();
      state.newestReceived = event.received();
    }
    if (identified) {
      state.ids.add(hash, event.at());
    }
    Taken taken = new Taken(event, pairs(state, event, out));
    if (lateness == 0) {
      judgeInOrder(state, event, out, ordered);
    } else {
      codec.insert(state.waiting, event);
      release(state, state.latest - lateness, out, ordered);
    }
    return Optional.of(taken);
  }

  private List<Taken.Pair> pairs(KeyState state, Event event, Verdicts out) {
    if (comparing.isEmpty()) {
      return List.of();
    }
    List<Taken.Pair> pairs = new ArrayList<>();
    for (Comparing one : comparing) {
      Memory memory = state.memories.get(one.place());
      if (!memory.failed) {
        pairs.addAll(one.judgement().arrived(memory, event, out));
        one.judgement().forgetArrived(memory, state.latest - stream.latenessNanos());
      }
    }
    return pairs;
  }

  /** Judges an event before which none can come any more. */
  void judgeNext(KeyState state, Event event, Verdicts out) {
    state.latest = Math.max(state.latest, event.at());
    judgeInOrder(state, event, out, StreamJudge::nobody);
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
      pass(state, at - stream.latenessNanos(), out);
    }
  }

  private void pass(KeyState state, long clock, Verdicts out) {
    Past last = state.history.get(state.history.next() - 1);
    if (last == null) {
      return;
    }
    telling.to(out);
    Moment moment = new Moment(state, last, List.of(), telling);
    for (int i = 0; i < judgements.size(); i++) {
      Memory memory = state.memories.get(i);
      if (!memory.failed && judgements.get(i).due(memory) < clock) {
        telling.of(memory, quiet.get(i), last.at(), last.sequence());
        pass(judgements.get(i), memory, moment, clock);
      }
    }
  }

  /**
   * To which event time a tick must come to decide anything; {@link Long#MAX_VALUE} where nothing
   * waits for time to pass.
   */
  long due(KeyState state) {
    long lateness = stream.latenessNanos();
    long due = state.waiting.isEmpty() ? Long.MAX_VALUE : state.waiting.getFirst().at() + lateness;
    for (int i = 0; i < judgements.size(); i++) {
      Memory memory = state.memories.get(i);
      long own = memory.failed ? Long.MAX_VALUE : judgements.get(i).due(memory);
      if (own != Long.MAX_VALUE) {
        due = Math.min(due, own + 1 + lateness);
      }
    }
    return due;
  }

  /** What assertions said of the event judged last, as far as others wait for them. */
  Outcomes outcomes() {
    return outcomes;
  }

  /** The recording is over: judges what waits, and what only an end can tell. */
  public void finish(KeyState state, Verdicts out) {
    finish(state, out, StreamJudge::nobody);
  }

  void finish(KeyState state, Verdicts out, Consumer<Past> ordered) {
    release(state, Long.MAX_VALUE, out, ordered);
    Past last = state.history.get(state.history.next() - 1);
    if (last == null) {
      return;
    }
    telling.to(out);
    Moment moment = new Moment(state, last, List.of(), telling);
    for (int i = 0; i < judgements.size(); i++) {
      telling.of(state.memories.get(i), quiet.get(i), last.at(), last.sequence());
      if (!state.memories.get(i).failed) {
        judgements.get(i).finish(state.memories.get(i), moment);
      }
    }
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
      judgeInOrder(state, state.waiting.get(released++), out, ordered);
    }
    state.waiting.subList(0, released).clear();
  }

  /** From now on it is measured what assertions cost. */
  void measure(Costs to) {
    costs = to;
  }

  private void judgeInOrder(KeyState state, Event event, Verdicts out, Consumer<Past> ordered) {
    state.ordinal = event.at() == state.judged && !wide ? state.ordinal + 1 : 0;
    state.judged = event.at();
    Past now =
        new Past(
            state.history.next(),
            event.declaredId(),
            wide ? new EventNames(stream.name(), event.key()) : state.names,
            event.at(),
            state.ordinal,
            event.source(),
            version(event),
            event.root());
    state.history.add(now);
    outcomes.begin(out);
    telling.to(outcomes.nobodyWaits() ? out : outcomes);
    Moment moment = new Moment(state, now, event.problems(), telling);
    boolean measured = costs.begin();
    for (int i = 0; i < judgements.size(); i++) {
      Memory memory = state.memories.get(i);
      Judgement judgement = judgements.get(i);
      telling.of(memory, quiet.get(i), now.at(), now.sequence());
      if (memory.failed) {
        outcomes.failed(judgement.assertion().name());
      } else if (measured) {
        long before = costs.now();
        judge(judgement, memory, moment);
        costs.took(judgement.assertion().name(), costs.now() - before);
      } else {
        judge(judgement, memory, moment);
      }
    }
    forgetting.forget(state, now);
    ordered.accept(now);
  }

  private static void pass(Judgement judgement, Memory memory, Moment moment, long clock) {
    try {
      judgement.passed(memory, moment, clock);
    } catch (RuntimeException e) {
      fail(judgement, memory, moment, e);
    }
  }

  private static void judge(Judgement judgement, Memory memory, Moment moment) {
    try {
      judgement.judge(memory, moment);
    } catch (RuntimeException e) {
      fail(judgement, memory, moment, e);
    }
  }

  /** An assertion's failure is its own: it judges no more, and the others do. */
  private static void fail(Judgement judgement, Memory memory, Moment moment, RuntimeException e) {
    memory.failed = true;
    memory.tracks.clear();
    moment.failed(judgement.assertion().name(), e);
  }

  private @Nullable String version(Event event) {
    return stream
        .version()
        .map(field -> (String) event.root().getReference(field.slot()))
        .orElse(null);
  }

  void late(Event event, Verdicts.LateReason reason, Verdicts out) {
    out.late(event, reason);
    long minute = Math.floorDiv(event.at(), 60_000_000_000L);
    for (Judgement judgement : judgements) {
      out.count(judgement.assertion().name(), "", Tally.LATE, minute, 1);
    }
    overWindows.forEach(name -> out.count(name, "", Tally.LATE, minute, 1));
  }

  StateCodec codec() {
    return codec;
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
