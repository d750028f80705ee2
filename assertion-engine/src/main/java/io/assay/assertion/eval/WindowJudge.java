package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
 *
 * <p>Longer than others: what is open, what is expected and what time has passed decide together
 * when a window ends.
 */
public final class WindowJudge {
  /** A partition from which nothing has come for so long does not hold windows open. */
  public static final long IDLE = 60_000_000_000L;

  private final WindowRule rule;
  private final WindowCounting counting;
  private final WindowClosing closing;
  private final WindowCodec codec;
  private final long lateness;

  private WindowJudge(CheckedAssertion assertion, KeptEvents kept, String project) {
    this.rule = new WindowRule(assertion);
    this.counting = new WindowCounting(rule);
    this.closing = new WindowClosing(rule, new WindowJudgement(rule, kept, project));
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

  /** Of an assertion that begins while its stream is running. */
  public WindowPart newPart(Midway midway) {
    WindowPart part = newPart();
    part.midway = midway;
    return part;
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
    if (part.failed || StreamJudge.isFromTheFuture(taken.event())) {
      return;
    }
    counting.count(part, taken, known, out);
    part.events++;
    reach(part, taken.event().at());
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
    if (!part.failed) {
      counting.inform(part, informed, out);
    }
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
    part.clear();
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
    if (bytes.length > mostBytes && part.halve(half)) {
      handOn(half, mostBytes, all);
      handOn(part, mostBytes, all);
    } else {
      all.add(bytes);
    }
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
    if (part.failed) {
      state.fail();
    }
    state.begin(part, assertion().on().latenessNanos());
    if (!state.failed) {
      merge(state, part, out);
    }
    clear(part);
  }

  /** All parts together may have more than one may: sessions that are open, above all. */
  private void merge(WindowState state, WindowPart part, Verdicts out) {
    try {
      for (int i = 0; i < state.groups.size(); i++) {
        long late = state.groups.get(i).take(part.groups.get(i), state.closed);
        if (late > 0) {
          rule.late(state.closed, late, out);
        }
      }
    } catch (RuntimeException e) {
      state.fail();
      rule.failed(e, out);
    }
  }

  /** Whether it has failed in itself, here or where a part was counted, and judges no more. */
  public boolean hasFailed(WindowState state) {
    return state.failed;
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
    long clock = state.partitions.clock(IDLE);
    closing.advance(state, clock, false, out);
    long truths = rule.truths.longest();
    if (truths > 0
        && out.takesFigures()
        && clock > Long.MIN_VALUE
        && clock < Long.MAX_VALUE - truths) {
      closing.estimate(state, clock + truths, out);
    }
  }

  /** The recording is over: judges all windows that end up to the last event. */
  public void finish(WindowState state, Verdicts out) {
    long last =
        state.partitions.most(
            heard -> heard.hasSpoken() ? heard.clock() + lateness : Long.MIN_VALUE);
    closing.advance(state, last, true, out);
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
