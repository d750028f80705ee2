package io.assay.assertion.eval;

import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.statistics.Mergeable;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The events of versions that windows are held against, of all panes that are over, by segment. */
final class VersionSums {
  private final PaneShape shape;
  private final long length;
  private final NavigableMap<Long, Slice> panes;
  private final Map<Segment, @Nullable Mergeable<?>[]> sums = new HashMap<>();

  /** Panes that begin before this are in the sums. */
  private long until = Long.MIN_VALUE;

  /** Some of their events were in panes that had too much. */
  private boolean lost;

  /** {@code length}: of one of the panes, which stay those of whoever has them. */
  VersionSums(PaneShape shape, long length, NavigableMap<Long, Slice> panes) {
    this.shape = shape;
    this.length = length;
    this.panes = panes;
  }

  /** Adds those in panes that end up to a time. */
  void add(long end) {
    if (until <= end - length) {
      panes.subMap(until, true, end - length, true).values().forEach(this::add);
    }
    if (sums.size() > Panes.MOST_SEGMENTS) {
      lost = true;
      sums.clear();
    }
    until = Math.max(until, end - length + 1);
  }

  private void add(Slice slice) {
    lost |= slice.isFull();
    slice
        .segments()
        .forEach(
            (segment, pane) -> {
              if (shape.isOfVersion(pane)) {
                shape.mergeVersions(
                    sums.computeIfAbsent(segment, unused -> shape.none()), pane.ofVersion);
              }
            });
  }

  /** Of a version's events before a window begins; empty where there are none. */
  Optional<Mergeable<?>> of(int statistic, long start, Selection wanted) {
    add(start);
    if (lost) {
      throw NoValue.missing(AlignedPanes.TOO_MUCH);
    }
    return shape.sum(statistic, wanted.of(sums).map(states -> states[statistic]));
  }

  void write(StateWriter out) {
    out.writeLong(until);
    out.writeByte(lost ? 1 : 0);
    out.writeUnsigned(sums.size());
    new TreeMap<>(sums)
        .forEach(
            (segment, states) -> {
              ValueCodec.write(segment.values(), out);
              PaneShape.writeStates(states, out);
            });
  }

  void read(int[] places, StateReader in) {
    until = in.readLong();
    lost = in.readByte() != 0;
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      Segment segment = AlignedPanes.readSegment(in);
      @Nullable Mergeable<?>[] states = shape.none();
      shape.readStates(states, places, in);
      sums.put(segment, states);
    }
  }
}
