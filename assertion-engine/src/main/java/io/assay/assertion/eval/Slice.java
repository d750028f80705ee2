package io.assay.assertion.eval;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is counted in one stretch of time, by segments. One that would need too much room is given
 * up as a whole. How much it needs is worked out from how many units each segment has, which only
 * grows: so no order of events and no split decides whether it is given up.
 */
final class Slice {
  private final PaneShape shape;
  private final long most;
  private Map<Segment, Pane> segments = new HashMap<>(2);
  private long bytes;
  private boolean full;

  /** {@code most}: bytes that it may need. */
  Slice(PaneShape shape, long most) {
    this.shape = shape;
    this.most = most;
  }

  Map<Segment, Pane> segments() {
    return segments;
  }

  /** It had too much, and knows nothing any more. */
  boolean isFull() {
    return full;
  }

  /** That it needs at most. */
  long bytes() {
    return bytes;
  }

  /** Where a unit of a segment is counted, now. */
  Pane at(Segment segment) {
    if (full) {
      return shape.fresh();
    }
    Pane pane = segments.get(segment);
    if (pane == null) {
      pane = shape.fresh();
      segments.put(segment, pane);
      bytes += shape.bytes(0);
    }
    bytes += shape.bytes(pane.units + 1) - shape.bytes(pane.units);
    needRoom();
    return pane;
  }

  /** Takes in another, which is not used any more. */
  void merge(Slice other) {
    other.segments.forEach(this::merge);
    if (other.full) {
      giveUp();
    }
  }

  private void merge(Segment segment, Pane pane) {
    if (full) {
      return;
    }
    Pane own = segments.putIfAbsent(segment, pane);
    bytes -= own == null ? 0 : shape.bytes(own.units);
    if (own != null) {
      shape.merge(own, pane);
    }
    bytes += shape.bytes((own == null ? pane : own).units);
    needRoom();
  }

  private void needRoom() {
    if (bytes > most || segments.size() > Panes.MOST_SEGMENTS) {
      giveUp();
    }
  }

  private void giveUp() {
    full = true;
    segments = Map.of();
    bytes = 0;
  }

  /** Hands every other segment, beginning with one by the parity of a count, to another. */
  int halve(Slice half, int seen) {
    int next = seen;
    for (Segment segment : Map.copyOf(segments).keySet()) {
      Pane pane = segments.get(segment);
      if (next++ % 2 == 1 && pane != null) {
        segments.remove(segment);
        bytes -= shape.bytes(pane.units);
        half.merge(segment, pane);
      }
    }
    return next;
  }

  void write(StateWriter out) {
    out.writeByte(full ? 1 : 0);
    out.writeUnsigned(segments.size());
    new TreeMap<>(segments)
        .forEach(
            (segment, pane) -> {
              ValueCodec.write(segment.values(), out);
              shape.write(pane, out);
            });
  }

  void read(int[] places, StateReader in) {
    boolean givenUp = in.readByte() != 0;
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      merge(AlignedPanes.readSegment(in), shape.read(places, in));
    }
    if (givenUp) {
      giveUp();
    }
  }
}
