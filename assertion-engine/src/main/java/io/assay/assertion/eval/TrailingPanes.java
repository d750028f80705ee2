package io.assay.assertion.eval;

import io.assay.assertion.rule.ir.Bound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last events or the last time, of each segment, at every event. Events wait until none before
 * them can come; those of one instant are told apart by what was counted of them, so that their
 * order of arrival leaves no trace.
 */
final class TrailingPanes implements Panes {
  /** Events kept of all segments; with more, windows lose their oldest and are undecided. */
  static final int MOST_ENTRIES = 1_000_000;

  private static final Comparator<Waiting> ORDER =
      Comparator.comparing(Waiting::segment)
          .thenComparing(one -> one.entry().pane(), Arrays::compareUnsigned);

  private final PaneShape shape;
  private final Bound bound;

  /** What the event being counted has of each segment. */
  private final Map<Segment, Pane> open = new TreeMap<>();

  private long openAt;

  /** By time; in the order in which they came, those of one instant. */
  private final NavigableMap<Long, List<Waiting>> waiting = new TreeMap<>();

  /** Those that were not seen for longest first. */
  private final Map<Segment, Trailing> trails = new LinkedHashMap<>(16, 0.75f, true);

  private int entries;

  private record Waiting(Segment segment, Trailing.Entry entry) {}

  TrailingPanes(PaneShape shape, Bound bound) {
    this.shape = shape;
    this.bound = bound;
  }

  @Override
  public boolean isLate(long at, long clock) {
    return at < clock;
  }

  @Override
  public Pane at(long at, Segment segment) {
    openAt = at;
    return open.computeIfAbsent(segment, unused -> shape.fresh());
  }

  @Override
  public void endEvent() {
    open.forEach(
        (segment, pane) ->
            waitFor(new Waiting(segment, new Trailing.Entry(openAt, Trailing.bytes(shape, pane)))));
    open.clear();
  }

  private void waitFor(Waiting one) {
    waiting.computeIfAbsent(one.entry().at(), at -> new ArrayList<>(1)).add(one);
  }

  @Override
  public long take(Panes other, long closed) {
    long late = 0;
    for (List<Waiting> instant : ((TrailingPanes) other).waiting.values()) {
      for (Waiting one : instant) {
        if (one.entry().at() < closed) {
          late += shape.read(shape.places(), new StateReader(one.entry().pane())).units;
        } else {
          waitFor(one);
        }
      }
    }
    other.clear();
    return late;
  }

  @Override
  public boolean halve(Panes half) {
    int count = waiting.values().stream().mapToInt(List::size).sum();
    for (int moved = 0; moved < count / 2; moved++) {
      List<Waiting> last = waiting.lastEntry().getValue();
      ((TrailingPanes) half).waitFor(last.removeLast());
      if (last.isEmpty()) {
        waiting.pollLastEntry();
      }
    }
    return count > 1;
  }

  @Override
  public List<Ending> close(long closed, long clock, boolean ended) {
    List<Ending> all = new ArrayList<>();
    NavigableMap<Long, List<Waiting>> over = waiting.headMap(clock, ended);
    over.forEach(
        (at, instant) -> {
          instant.sort(ORDER);
          instant.forEach(one -> all.add(new Ending(at, () -> judged(one))));
        });
    over.clear();
    return all;
  }

  private Closed judged(Waiting one) {
    Trailing trail = trails.get(one.segment());
    if (trail == null) {
      makeRoom(one.entry().at());
      if (trails.size() >= MOST_SEGMENTS) {
        return new Closed(
            one.entry().at(),
            one.entry().at(),
            1,
            new TreeMap<>(Map.of(one.segment(), shape.fresh())),
            Optional.of("needs at most %d segments, got more".formatted(MOST_SEGMENTS)));
      }
      trail = new Trailing(shape, bound);
      trails.put(one.segment(), trail);
    }
    entries -= trail.size();
    trail.pass(one.entry().at());
    trail.add(one.entry(), entries + trail.size() < MOST_ENTRIES);
    entries += trail.size();
    return new Closed(
        trail.start(),
        one.entry().at(),
        trail.nth,
        new TreeMap<>(Map.of(one.segment(), trail.pane())),
        trail.incomplete());
  }

  /** Segments all of whose events are out of the window go. */
  private void makeRoom(long clock) {
    if (!(bound instanceof Bound.Time time)) {
      return;
    }
    Iterator<Trailing> oldest = trails.values().iterator();
    while (oldest.hasNext()) {
      Trailing trail = oldest.next();
      if (trail.last > clock - time.nanos()) {
        return;
      }
      entries -= trail.size();
      oldest.remove();
    }
  }

  @Override
  public long due(long closed) {
    return waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey() + 1;
  }

  @Override
  public void forget(long clock) {
    makeRoom(clock);
  }

  @Override
  public void clear() {
    open.clear();
    waiting.clear();
    trails.clear();
    entries = 0;
  }

  @Override
  public void write(StateWriter out) {
    out.writeUnsigned(waiting.values().stream().mapToInt(List::size).sum());
    waiting.values().forEach(instant -> instant.stream().sorted(ORDER).forEach(w -> write(w, out)));
    out.writeUnsigned(trails.size());
    trails.forEach(
        (segment, trail) -> {
          ValueCodec.write(segment.values(), out);
          trail.write(out);
        });
  }

  private static void write(Waiting one, StateWriter out) {
    ValueCodec.write(one.segment().values(), out);
    Trailing.write(one.entry(), out);
  }

  @Override
  public void read(int[] places, StateReader in) {
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      Segment segment = AlignedPanes.readSegment(in);
      waitFor(new Waiting(segment, Trailing.readEntry(shape, places, in)));
    }
    int known = in.readCount();
    for (int i = 0; i < known; i++) {
      Trailing trail = new Trailing(shape, bound);
      Segment segment = AlignedPanes.readSegment(in);
      trail.read(places, in);
      trails.put(segment, trail);
      entries += trail.size();
    }
  }
}
