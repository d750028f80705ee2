package io.assay.assertion.eval;

import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.statistics.Mergeable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Windows of time, aligned to the Unix epoch. Panes are as long as the longest stretch that
 * windows, the distance of their beginnings and their baselines are made of; a window is the sum of
 * its panes, and a baseline the sum of those before it. A state that was stored in longer or
 * shorter panes is read as it is.
 */
final class AlignedPanes implements Panes {
  /** For the panes of a window and the next. */
  static final long OPEN_BYTES = 128L << 20;

  /** For what later windows are held against. */
  private static final long KEPT_BYTES = 256L << 20;

  /** What is kept is packed to so small a part of its greatest size, at least. */
  private static final long PACKING = 5;

  static final String TOO_MUCH =
      "there are too many segments: a window keeps at most %,d, and %d MB"
          .formatted(MOST_SEGMENTS, OPEN_BYTES >> 20);

  private final PaneShape shape;
  private final long size;
  private final long every;
  private final long length;
  private final NavigableMap<Long, Slice> panes = new TreeMap<>();

  private final PaneBlocks blocks;

  /** What all that is kept needs at most. */
  private long bytes;

  /** Of events of versions that windows are held against. */
  private final VersionSums versions;

  private long thinTo = Long.MIN_VALUE;

  AlignedPanes(PaneShape shape, long size, long every) {
    this.shape = shape;
    this.size = size;
    this.every = every;
    this.length = length(shape, BigInteger.valueOf(size).gcd(BigInteger.valueOf(every)));
    this.blocks = new PaneBlocks(shape, length, panes);
    this.versions = new VersionSums(shape, length, panes);
  }

  private static long length(PaneShape shape, BigInteger windows) {
    return shape
        .lasts()
        .mapToObj(BigInteger::valueOf)
        .reduce(windows, BigInteger::gcd)
        .longValueExact();
  }

  private static long floor(long at, long step) {
    return Math.floorDiv(at, step) * step;
  }

  private long firstStart(long pane) {
    return floor(pane - size, every) + every;
  }

  private long lastEnd(long at) {
    return floor(at, every) + size;
  }

  @Override
  public boolean isLate(long at, long clock) {
    return lastEnd(at) <= clock;
  }

  @Override
  public Pane at(long at, Segment segment) {
    Slice slice = slice(floor(at, length));
    bytes -= slice.bytes();
    Pane pane = slice.at(segment);
    bytes += slice.bytes();
    return pane;
  }

  private Slice slice(long start) {
    return panes.computeIfAbsent(start, s -> new Slice(shape, OPEN_BYTES / (size / length + 1)));
  }

  @Override
  public long take(Panes other, long closed) {
    long late = 0;
    for (Map.Entry<Long, Slice> from : ((AlignedPanes) other).panes.entrySet()) {
      if (lastEnd(from.getKey()) <= closed) {
        late += from.getValue().segments().values().stream().mapToLong(pane -> pane.units).sum();
      } else {
        Slice into = slice(from.getKey());
        bytes -= into.bytes();
        into.merge(from.getValue());
        bytes += into.bytes();
      }
    }
    other.clear();
    return late;
  }

  @Override
  public boolean halve(Panes half) {
    AlignedPanes other = (AlignedPanes) half;
    int seen = 0;
    for (Map.Entry<Long, Slice> from : panes.entrySet()) {
      Slice into = new Slice(shape, Long.MAX_VALUE);
      seen = from.getValue().halve(into, seen);
      if (!into.segments().isEmpty()) {
        other.panes.put(from.getKey(), into);
      }
    }
    return !other.panes.isEmpty();
  }

  @Override
  public List<Ending> close(long closed, long clock, boolean ended) {
    TreeSet<Long> starts = new TreeSet<>();
    for (long pane : open(closed).keySet()) {
      for (long start = firstStart(pane); start <= pane && start + size <= clock; start += every) {
        if (start + size > closed) {
          starts.add(start);
        }
      }
    }
    List<Ending> all = new ArrayList<>();
    for (long start : starts) {
      all.add(new Ending(start + size, () -> closed(start)));
    }
    return all;
  }

  private Closed closed(long start) {
    boolean full = panes.subMap(start, start + size).values().stream().anyMatch(Slice::isFull);
    return full
        ? new Closed(start, start + size, 0, new TreeMap<>(), Optional.of(TOO_MUCH))
        : new Closed(start, start + size, segments(start));
  }

  /** Panes with a window that ends after a time. */
  private SortedMap<Long, Slice> open(long closed) {
    return closed == Long.MIN_VALUE ? panes : panes.tailMap(closed - size, true);
  }

  private SortedMap<Segment, Pane> segments(long start) {
    SortedMap<Segment, Pane> all = new TreeMap<>();
    SortedMap<Long, Slice> parts = panes.subMap(start, start + size);
    if (parts.size() == 1) {
      all.putAll(parts.values().iterator().next().segments());
      return all;
    }
    for (Slice slice : parts.values()) {
      slice
          .segments()
          .forEach(
              (segment, part) ->
                  shape.merge(all.computeIfAbsent(segment, unused -> shape.fresh()), part));
    }
    return all;
  }

  @Override
  public long due(long closed) {
    for (long pane : open(closed).keySet()) {
      if (lastEnd(pane) > closed) {
        long first = firstStart(pane) + size;
        return first > closed ? first : floor(closed - size, every) + every + size;
      }
    }
    return Long.MAX_VALUE;
  }

  @Override
  public void forget(long clock) {
    long reach = shape.reach();
    while (!panes.isEmpty()
        && Math.max(lastEnd(panes.firstKey()), lastEnd(panes.firstKey() + reach)) <= clock) {
      forgetFirst();
    }
    for (Map.Entry<Long, Slice> pane : panes.tailMap(thinTo, true).entrySet()) {
      if (lastEnd(pane.getKey()) > clock) {
        break;
      }
      versions.add(pane.getKey() + length);
      pane.getValue().segments().values().forEach(shape::thin);
      thinTo = pane.getKey() + length;
    }
    long from = keptFrom(floor(clock - size, every) + every);
    while (!panes.isEmpty() && panes.firstKey() < from) {
      forgetFirst();
    }
  }

  private void forgetFirst() {
    versions.add(panes.firstKey() + length);
    bytes -= panes.pollFirstEntry().getValue().bytes();
    blocks.forgetBefore(panes.isEmpty() ? Long.MAX_VALUE : panes.firstKey());
  }

  /**
   * From where on what is before a window is known: no more is kept than there is room for. It
   * follows from what is there, so that it is the same however often something is forgotten.
   */
  private long keptFrom(long start) {
    if (start <= Long.MIN_VALUE + size || bytes / PACKING <= KEPT_BYTES) {
      return Long.MIN_VALUE;
    }
    long room = KEPT_BYTES * PACKING;
    for (Map.Entry<Long, Slice> pane : panes.headMap(start, false).descendingMap().entrySet()) {
      room -= pane.getValue().bytes();
      if (room < 0) {
        return pane.getKey() + length;
      }
    }
    return Long.MIN_VALUE;
  }

  VersionSums versions() {
    return versions;
  }

  /** Of the time before a window begins; empty where there are no events. */
  Optional<Mergeable<?>> before(int statistic, long start, long reach, Selection wanted) {
    SortedMap<Long, Slice> before = panes.subMap(start - reach, start);
    if (before.values().stream().anyMatch(Slice::isFull)) {
      throw NoValue.missing(TOO_MUCH);
    }
    return shape.sum(statistic, blocks.states(statistic, start - reach, start, wanted));
  }

  /** Whether what is before a window is known so far back. */
  boolean keeps(long start, long reach) {
    return keptFrom(start) <= start - reach;
  }

  /** How long before a window the pane of the first event of all begins; 0 where none does. */
  long back(long began, long start) {
    return began == Long.MAX_VALUE ? 0 : Math.max(0, start - floor(began, length));
  }

  @Override
  public void clear() {
    panes.clear();
    blocks.forgetBefore(Long.MAX_VALUE);
    bytes = 0;
  }

  @Override
  public void write(StateWriter out) {
    out.writeUnsigned(panes.size());
    panes.forEach(
        (start, slice) -> {
          out.writeLong(start);
          slice.write(out);
        });
    versions.write(out);
  }

  @Override
  public void read(int[] places, StateReader in) {
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      Slice slice = slice(in.readLong());
      slice.read(places, in);
      bytes += slice.bytes();
    }
    versions.read(places, in);
  }

  static Segment readSegment(StateReader in) {
    if (ValueCodec.read(in) instanceof List<?> values) {
      return new Segment(List.copyOf(values));
    }
    throw in.broken("a segment");
  }
}
