package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Context;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges one assertion over windows, in two stages.
 *
 * <p>Stage one runs beside the judge of keys, once for each partition of the stream: every event
 * that the keys' judge has {@link GroupJudge#judge taken} is {@link #count counted} in the
 * partition's {@link WindowPart}, whose size does not grow with the number of events. Now and then
 * (at a commit, or when a partition's clock passes {@link #due}) the part is handed on: its bytes
 * are a {@link #snapshot(WindowPart)}, after which it is {@link #clear cleared}, and a record to
 * stage two; handing on at the time of its snapshot makes the part's own store small or needless.
 *
 * <p>Stage two is one for each assertion, since p-values are corrected over the segments of a
 * window and {@code across} compares them: it {@link #take takes} parts in any order, merges them
 * in its {@link WindowState}, and judges every window that ends before what the slowest partition
 * has come to. A partition must be {@link #expect expected} before it has sent anything, or it
 * holds nothing open; one that is read on and was silent for {@link #IDLE} holds nothing open
 * either, and with all of them silent the time that passes closes windows.
 *
 * <p>Verdicts depend on the events alone, as long as none is later than the stream's lateness:
 * neither on their order nor on how they were split into partitions and parts. Units that come too
 * late are counted as {@link Tally#LATE} and change nothing. A judge belongs to one thread at a
 * time; stages need not share one.
 */
public final class WindowJudge {
  /** A partition from which nothing has come for so long does not hold windows open. */
  public static final long IDLE = 60_000_000_000L;

  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  private final WindowRule rule;
  private final WindowJudgement judgement;
  private final WindowCodec codec;
  private final long lateness;

  private WindowJudge(CheckedAssertion assertion, KeptEvents kept, String project) {
    this.rule = new WindowRule(assertion);
    this.judgement = new WindowJudgement(rule, kept, project);
    this.codec = new WindowCodec(rule);
    this.lateness = assertion.on().latenessNanos() + rule.truths.longest();
  }

  /** One for each assertion over windows of a stream, whatever its mode. */
  public static List<WindowJudge> of(CheckedRules rules, StreamType stream, String project) {
    return of(rules, stream, project, KeptEvents.NONE);
  }

  /** Likewise; {@code kept}: what windows may be held against beside the stream. */
  public static List<WindowJudge> of(
      CheckedRules rules, StreamType stream, String project, KeptEvents kept) {
    return rules.on(stream).stream()
        .filter(WindowJudge::isWindowed)
        .map(assertion -> new WindowJudge(assertion, kept, project))
        .toList();
  }

  /** Whether some of its lines are judged by windows. */
  public static boolean isWindowed(CheckedAssertion assertion) {
    return assertion.context().windowing().isPresent();
  }

  /** Whether the windows of a key are the same, whatever other keys there are. */
  public boolean isOfKeys() {
    return rule.isOfKeys();
  }

  public CheckedAssertion assertion() {
    return rule.assertion();
  }

  public WindowPart newPart() {
    return new WindowPart(newPanes());
  }

  public WindowState newState() {
    return newState(Long.MIN_VALUE);
  }

  /**
   * Where events are looked at from a time on only: windows that may have had some before it are
   * undecided.
   *
   * @param from nanoseconds since the epoch
   */
  public WindowState newState(long from) {
    return new WindowState(newPanes(), from);
  }

  private List<Panes> newPanes() {
    return rule.groups.stream().map(rule::newPanes).toList();
  }

  /** Counts an event that its key's judge has taken, and the pairs that it completes. */
  public void count(WindowPart part, Taken taken, Verdicts out) {
    count(part, taken, Map.of(), out);
  }

  /** Likewise; {@code known} of it is this, by the names of truths. */
  public void count(WindowPart part, Taken taken, Map<String, Object> known, Verdicts out) {
    Event event = taken.event();
    if (part.failed || StreamJudge.isFromTheFuture(event)) {
      return;
    }
    if (part.groups.stream().allMatch(panes -> panes.isLate(event.at(), part.clock))) {
      late(event.at(), 1, out);
    } else {
      part.began = Math.min(part.began, event.at());
      try {
        count(part, taken, known, out, new Touched());
      } catch (RuntimeException e) {
        part.failed = true;
        part.groups.forEach(Panes::clear);
        error(e, out);
      }
    }
    part.events++;
    reach(part, event.at());
  }

  /** In which panes an event was counted. */
  private static final class Touched {
    private final Set<Pane> panes = Collections.newSetFromMap(new IdentityHashMap<>());

    void add(Pane pane) {
      pane.events += panes.add(pane) ? 1 : 0;
    }
  }

  private void count(
      WindowPart part, Taken taken, Map<String, Object> known, Verdicts out, Touched touched) {
    Event event = taken.event();
    if (!rule.truths.isEmpty()) {
      rule.count(event, Tally.SEEN, out);
      inform(part, new Informed(event, Map.of(), known), true, out, touched);
      return;
    }
    boolean pairs = rule.isOfPairs();
    rule.units(
        event,
        tally -> rule.count(event, tally, out),
        segment -> {
          for (Panes panes : part.groups) {
            if (!panes.isLate(event.at(), part.clock)) {
              Pane pane = panes.at(event.at(), segment);
              touched.add(pane);
              if (!pairs) {
                rule.shape.add(pane, rule.scope.frame, version(event));
              }
            }
          }
        });
    part.groups.forEach(Panes::endEvent);
    if (pairs) {
      taken.pairs(assertion().name()).forEach(pair -> count(part, pair));
    }
  }

  /** Whether it waits for a truth of this name. */
  public boolean awaits(String truth) {
    return rule.truths.concerns(Set.of(truth));
  }

  /** Whether something has turned out to be true that it waits for. */
  public boolean awaits(Informed informed) {
    Set<String> news = new HashSet<>(informed.now().keySet());
    news.removeAll(informed.before().keySet());
    return rule.truths.concerns(news);
  }

  /** Something has turned out to be true of an event that was counted. */
  public void inform(WindowPart part, Informed informed, Verdicts out) {
    if (part.failed) {
      return;
    }
    try {
      inform(part, informed, false, out, new Touched());
    } catch (RuntimeException e) {
      part.failed = true;
      part.groups.forEach(Panes::clear);
      error(e, out);
    }
  }

  /** Adds of each unit what can be said now and could not before; {@code first}: of an event. */
  private void inform(
      WindowPart part, Informed informed, boolean first, Verdicts out, Touched touched) {
    Event event = informed.event();
    Set<String> before = informed.before().keySet();
    Set<String> now = informed.now().keySet();
    AwaitedTruths truths = rule.truths;
    boolean isNew = first || !truths.selects(before);
    if (!truths.selects(now)) {
      return;
    }
    BitSet due = truths.due(before, !isNew, now);
    long whole = truths.isWhole(now) && (isNew || !truths.isWhole(before)) ? 1 : 0;
    truths.bind(informed.now(), rule.scope);
    rule.units(
        event,
        tally -> {
          if (isNew && tally == Tally.PASSED) {
            rule.count(event, tally, out);
          }
        },
        segment -> {
          for (Panes panes : part.groups) {
            if (!panes.isLate(event.at(), part.clock)) {
              Pane pane = panes.at(event.at(), segment);
              rule.shape.add(pane, rule.scope.frame, version(event), due);
              pane.truths += whole;
              if (isNew) {
                pane.units++;
                touched.add(pane);
              }
            }
          }
        });
  }

  /** A pair is in the windows of its later event, as long as it is no longer than they are. */
  private void count(WindowPart part, Taken.Pair pair) {
    Context.Versions versions = assertion().context().versions().orElseThrow();
    Segment segment = rule.bind(pair);
    for (int i = 0; i < part.groups.size(); i++) {
      Panes panes = part.groups.get(i);
      boolean fits = pair.apart() <= versions.reach(rule.groups.get(i).window());
      if (fits && !panes.isLate(pair.at(), part.clock)) {
        rule.shape.add(panes.at(pair.at(), segment), rule.scope.frame, null);
      }
    }
  }

  private void error(RuntimeException why, Verdicts out) {
    String said =
        why instanceof UncheckedIOException
            ? String.valueOf(why.getMessage())
            : "%s in a window: %s".formatted(why.getClass().getSimpleName(), why.getMessage());
    out.error(assertion().name(), said);
  }

  private @Nullable String version(Event event) {
    return assertion()
        .on()
        .version()
        .map(field -> (String) event.root().getReference(field.slot()))
        .orElse(null);
  }

  private void late(long at, long units, Verdicts out) {
    out.count(assertion().name(), "", Tally.LATE, Math.floorDiv(at, NANOS_PER_MINUTE), units);
  }

  /** The clock at which a part closes the first of the windows that it has counted in. */
  public long due(WindowPart part) {
    return part.groups.stream().mapToLong(panes -> panes.due(Long.MIN_VALUE)).min().orElseThrow();
  }

  /** The clock at which the first window closes that is open where parts are merged. */
  public long due(WindowState state) {
    return state.groups.stream().mapToLong(panes -> panes.due(state.closed)).min().orElseThrow();
  }

  /** A part has been handed on: what it has counted is with the other stage. */
  public void clear(WindowPart part) {
    part.groups.forEach(Panes::clear);
    part.events = 0;
  }

  /**
   * What a part has counted, as bytes to be handed on, and clears it. Where they would be too many
   * they are parted by segments: all have to be taken, in this order.
   */
  public List<byte[]> handOn(WindowPart part, int mostBytes) {
    List<byte[]> all = new ArrayList<>();
    handOn(part, mostBytes, all);
    clear(part);
    return all;
  }

  private void handOn(WindowPart part, int mostBytes, List<byte[]> all) {
    byte[] bytes = snapshot(part);
    WindowPart half = newPart();
    if (bytes.length > mostBytes && halve(part, half)) {
      half.began = part.began;
      half.failed = part.failed;
      handOn(half, mostBytes, all);
      handOn(part, mostBytes, all);
    } else {
      all.add(bytes);
    }
  }

  private static boolean halve(WindowPart part, WindowPart half) {
    boolean parted = false;
    for (int i = 0; i < part.groups.size(); i++) {
      parted |= part.groups.get(i).halve(half.groups.get(i));
    }
    return parted;
  }

  /** There is such a partition: windows wait for it. */
  public void expect(WindowState state, int partition, long received) {
    state.partitions.expect(partition, received);
  }

  /** There are no other partitions than so many any more; the others hold nothing open. */
  public void expectOnly(WindowState state, int partitions, long received) {
    expectOnly(state, partitions, 1, received);
  }

  /**
   * Likewise; {@code perSource} of them in a row are parts of one: none of those is silent while
   * another speaks.
   */
  public void expectOnly(WindowState state, int partitions, int perSource, long received) {
    state.partitions.expectOnly(partitions, perSource, received);
  }

  /** A partition has come to an event's time, whether or not the event was counted here. */
  public void reach(WindowPart part, long at) {
    part.clock = Math.max(part.clock, at - lateness);
  }

  /**
   * Takes what a partition has counted since it was last handed on, and judges what is over by now.
   *
   * @param part is cleared
   * @param received up to which arrivals the partition has been read, nanoseconds since the epoch
   */
  public void take(WindowState state, int partition, WindowPart part, long received, Verdicts out) {
    boolean spoke = part.events > 0;
    add(state, part, out);
    state.partitions.hear(partition, part.clock, received, spoke);
    judgeWhatIsOver(state, out);
  }

  /**
   * Takes what was counted, which says nothing of how far a partition has come.
   *
   * @param part is cleared
   */
  public void add(WindowState state, WindowPart part, Verdicts out) {
    state.failed |= part.failed;
    state.began = Math.min(state.began, part.began);
    for (int i = 0; i < state.groups.size(); i++) {
      long late = state.groups.get(i).take(part.groups.get(i), state.closed);
      if (late > 0) {
        late(state.closed, late, out);
      }
    }
    clear(part);
  }

  /**
   * All partitions have been read up to an arrival: those may have fallen silent of which nothing
   * is taken. Judges what is over.
   *
   * @param received nanoseconds since the epoch
   */
  public void pass(WindowState state, long received, Verdicts out) {
    state.partitions.pass(received);
    judgeWhatIsOver(state, out);
  }

  private void judgeWhatIsOver(WindowState state, Verdicts out) {
    advance(state, state.partitions.clock(IDLE), false, out);
  }

  /** The recording is over: judges all windows that end up to the last event. */
  public void finish(WindowState state, Verdicts out) {
    long last =
        state.partitions.most(
            heard -> heard.hasSpoken() ? heard.clock() + lateness : Long.MIN_VALUE);
    advance(state, last, true, out);
  }

  private record Due(WindowRule.Group group, Panes panes, Panes.Ending ending) {}

  /** {@code ended}: events of this instant do not come any more, either. */
  private void advance(WindowState state, long clock, boolean ended, Verdicts out) {
    if (state.failed || clock < state.closed || (clock == state.closed && !ended)) {
      return;
    }
    try {
      List<Due> due = new ArrayList<>();
      for (int i = 0; i < state.groups.size(); i++) {
        Panes panes = state.groups.get(i);
        WindowRule.Group group = rule.groups.get(i);
        panes
            .close(state.closed, clock, ended)
            .forEach(ending -> due.add(new Due(group, panes, ending)));
      }
      due.sort(
          Comparator.comparingLong((Due one) -> one.ending().end())
              .thenComparing(one -> one.panes() instanceof TrailingPanes));
      for (Due one : due) {
        judgement.judge(
            one.group(),
            state.seen(one.ending().window().get(), one.group()),
            new WindowJudgement.Known(
                one.panes(),
                one.group().reach(),
                state.began,
                ended ? clock - rule.truths.longest() : clock,
                state.episodes,
                out));
      }
      state.closed = clock;
      state.groups.forEach(panes -> panes.forget(clock));
      state.episodes.forget(clock);
    } catch (RuntimeException e) {
      state.failed = true;
      state.groups.forEach(Panes::clear);
      error(e, out);
    }
  }

  /** A part as bytes, versioned: to be stored, or to be handed on. */
  public byte[] snapshot(WindowPart part) {
    return codec.write(part);
  }

  /**
   * @throws IllegalArgumentException where the bytes are not those of a part
   */
  public WindowPart restorePart(byte[] bytes) {
    return codec.read(newPart(), bytes);
  }

  /** A state as bytes, versioned. */
  public byte[] snapshot(WindowState state) {
    return codec.write(state);
  }

  /**
   * @throws IllegalArgumentException where the bytes are not those of a state
   */
  public WindowState restoreState(byte[] bytes) {
    return codec.read(newState(), bytes);
  }
}
