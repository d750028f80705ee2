package io.assay.assertion.eval;

import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.Window;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last events of a segment. What cannot be taken back from a sum is added up anew at each
 * event, from runs of events that are summed once.
 */
final class Trailing {
  private static final int RUN = 64;

  private final PaneShape shape;
  private final Bound bound;
  private final Deque<Run> runs = new ArrayDeque<>();
  private int size;

  /** Events of the segment, kept or not. */
  long seen;

  /** The time of the last, and how many so far are of it. */
  long last = Long.MIN_VALUE;

  int nth;

  /** The time of the last event that was dropped for want of room. */
  long droppedAt = Long.MIN_VALUE;

  /** What was counted of one event. */
  static final class Entry {
    private final long at;
    private final byte[] pane;

    Entry(long at, byte[] pane) {
      this.at = at;
      this.pane = pane;
    }

    long at() {
      return at;
    }

    byte[] pane() {
      return pane;
    }
  }

  private static final class Run {
    private final Deque<Entry> entries = new ArrayDeque<>();
    private @Nullable Pane sum;
  }

  Trailing(PaneShape shape, Bound bound) {
    this.shape = shape;
    this.bound = bound;
  }

  int size() {
    return size;
  }

  /** An event comes, at or behind all before: those that it puts out of the window go. */
  void pass(long at) {
    nth = at == last ? nth + 1 : 1;
    last = at;
    seen++;
    switch (bound) {
      case Bound.Events events -> {
        while (size >= events.count()) {
          removeFirst();
        }
      }
      case Bound.Time time -> {
        while (size > 0 && first().at() <= at - time.nanos()) {
          removeFirst();
        }
      }
    }
  }

  /** Behind {@link #pass}; {@code room}: whether there is room for one more beside those kept. */
  void add(Entry entry, boolean room) {
    if (size >= Window.Last.MOST_EVENTS || (!room && size > 0)) {
      droppedAt = removeFirst().at();
    } else if (!room) {
      droppedAt = entry.at();
      return;
    }
    put(entry);
  }

  private void put(Entry entry) {
    Run open = runs.peekLast();
    if (open == null || open.sum != null) {
      open = new Run();
      runs.addLast(open);
    }
    open.entries.addLast(entry);
    size++;
    if (open.entries.size() == RUN) {
      open.sum = sum(open.entries);
    }
  }

  private Entry first() {
    return runs.getFirst().entries.getFirst();
  }

  private Entry removeFirst() {
    Run oldest = runs.getFirst();
    Entry entry = oldest.entries.removeFirst();
    oldest.sum = null;
    size--;
    if (oldest.entries.isEmpty()) {
      runs.removeFirst();
    }
    return entry;
  }

  private Pane sum(Iterable<Entry> entries) {
    Pane sum = shape.fresh();
    entries.forEach(entry -> shape.merge(sum, pane(entry)));
    return sum;
  }

  private Pane pane(Entry entry) {
    return shape.read(shape.places(), new StateReader(entry.pane()));
  }

  /** When the first event of the window was. */
  long start() {
    return size == 0 ? last : first().at();
  }

  Pane pane() {
    Pane all = shape.fresh();
    for (Run run : runs) {
      shape.merge(all, run.sum == null ? sum(run.entries) : run.sum);
    }
    return all;
  }

  /** Why the window is not whole; empty where it is. */
  Optional<String> incomplete() {
    boolean whole =
        switch (bound) {
          case Bound.Events events -> size >= Math.min(events.count(), seen);
          case Bound.Time time -> droppedAt <= last - time.nanos();
        };
    return whole
        ? Optional.empty()
        : Optional.of(
            "events were dropped: a window keeps at most %d of a segment, an assertion %d"
                .formatted(Window.Last.MOST_EVENTS, TrailingPanes.MOST_ENTRIES));
  }

  void write(StateWriter out) {
    out.writeLong(last);
    out.writeUnsigned(nth);
    out.writeUnsigned(seen);
    out.writeFixed(droppedAt);
    out.writeUnsigned(size);
    runs.forEach(run -> run.entries.forEach(entry -> write(entry, out)));
  }

  static void write(Entry entry, StateWriter out) {
    out.writeLong(entry.at());
    out.writeBytes(entry.pane());
  }

  void read(int[] places, StateReader in) {
    last = in.readLong();
    nth = (int) in.readUnsigned();
    seen = in.readUnsigned();
    droppedAt = in.readFixed();
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      put(readEntry(shape, places, in));
    }
  }

  /** With the statistics where they stand now. */
  static Entry readEntry(PaneShape shape, int[] places, StateReader in) {
    long at = in.readLong();
    Pane pane = shape.read(places, new StateReader(in.readBytes()));
    return new Entry(at, bytes(shape, pane));
  }

  static byte[] bytes(PaneShape shape, Pane pane) {
    StateWriter out = new StateWriter();
    shape.write(pane, out);
    return out.toBytes();
  }
}
