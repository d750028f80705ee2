package io.assay.assertion.eval;

import io.assay.assertion.statistics.Mergeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What panes before a window come to together: the sums of many in a row are worked out once, since
 * a week has ten thousand minutes, and every minute is held against it. They are no state of their
 * own, and may be forgotten at any time.
 */
final class PaneBlocks {
  private static final long PANES = 64;

  private final PaneShape shape;
  private final NavigableMap<Long, Slice> panes;
  private final long span;

  /** Packed, by the beginning of the first pane. */
  private final NavigableMap<Long, Map<Segment, byte[][]>> sums = new TreeMap<>();

  /** {@code length}: of one of the panes, which stay those of whoever has them. */
  PaneBlocks(PaneShape shape, long length, NavigableMap<Long, Slice> panes) {
    this.shape = shape;
    this.panes = panes;
    this.span = PANES * length;
  }

  private long floor(long at) {
    return Math.floorDiv(at, span) * span;
  }

  void forgetBefore(long start) {
    sums.headMap(start, false).clear();
  }

  /** Of panes from one on, up to another; where many are, those of blocks together. */
  Stream<@Nullable Mergeable<?>> states(int statistic, long from, long to, Selection wanted) {
    long first = -floor(-from);
    long last = floor(to);
    if (first >= last) {
      return single(statistic, from, to, wanted);
    }
    List<Stream<@Nullable Mergeable<?>>> parts = new ArrayList<>();
    parts.add(single(statistic, from, first, wanted));
    for (long block = first; block < last; block += span) {
      parts.add(wanted.of(block(block)).map(packed -> shape.unpacked(packed, statistic)));
    }
    parts.add(single(statistic, last, to, wanted));
    return parts.stream().flatMap(part -> part);
  }

  private Stream<@Nullable Mergeable<?>> single(
      int statistic, long from, long to, Selection wanted) {
    return panes.subMap(from, to).values().stream()
        .flatMap(slice -> wanted.of(slice.segments()))
        .map(pane -> shape.state(pane, statistic));
  }

  /** Summed once: no event of panes before a window that is over can come any more. */
  private Map<Segment, byte[][]> block(long start) {
    return sums.computeIfAbsent(
        start,
        unused -> {
          Map<Segment, List<Pane>> own = new HashMap<>();
          for (Slice slice : panes.subMap(start, start + span).values()) {
            slice
                .segments()
                .forEach(
                    (segment, pane) ->
                        own.computeIfAbsent(segment, s -> new ArrayList<>()).add(pane));
          }
          Map<Segment, byte[][]> packed = new HashMap<>();
          own.forEach((segment, all) -> packed.put(segment, shape.packedSums(all)));
          return packed;
        });
  }
}
