package io.assay.assertion.eval;

import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.statistics.Mergeable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Windows of time, aligned to the Unix epoch. Panes are as long as the longest stretch that windows
 * and the distance of their beginnings are made of; a window is the sum of its panes, and a
 * baseline the sum of those before it.
 */
final class AlignedPanes implements Panes {
  private final PaneShape shape;
  private final long size;
  private final long every;
  private final long length;
  private final NavigableMap<Long, Map<Segment, Pane>> panes = new TreeMap<>();

  /** Of events of pinned versions, in panes that begin before {@link #versionsTo}. */
  private final Map<Segment, @Nullable Mergeable<?>[]> versions = new HashMap<>();

  private long versionsTo = Long.MIN_VALUE;
  private long thinTo = Long.MIN_VALUE;

  AlignedPanes(PaneShape shape, long size, long every) {
    this.shape = shape;
    this.size = size;
    this.every = every;
    this.length = BigInteger.valueOf(size).gcd(BigInteger.valueOf(every)).longValueExact();
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
    Map<Segment, Pane> all = panes.computeIfAbsent(floor(at, length), start -> new HashMap<>(2));
    Pane pane = all.computeIfAbsent(segment, unused -> shape.fresh());
    Panes.needFew(all);
    return pane;
  }

  @Override
  public long take(Panes other, long closed) {
    long late = 0;
    for (Map.Entry<Long, Map<Segment, Pane>> from : ((AlignedPanes) other).panes.entrySet()) {
      if (lastEnd(from.getKey()) <= closed) {
        late += from.getValue().values().stream().mapToLong(pane -> pane.units).sum();
      } else {
        Map<Segment, Pane> into = panes.computeIfAbsent(from.getKey(), start -> new HashMap<>(2));
        from.getValue().forEach((segment, pane) -> merge(into, segment, pane));
      }
    }
    other.clear();
    return late;
  }

  @Override
  public boolean halve(Panes half) {
    int moved = 0;
    int seen = 0;
    for (Map.Entry<Long, Map<Segment, Pane>> from : panes.entrySet()) {
      Map<Segment, Pane> into = new HashMap<>();
      for (Segment segment : List.copyOf(from.getValue().keySet())) {
        if (seen++ % 2 == 0) {
          continue;
        }
        into.put(segment, Objects.requireNonNull(from.getValue().remove(segment), "listed"));
        moved++;
      }
      if (!into.isEmpty()) {
        ((AlignedPanes) half).panes.put(from.getKey(), into);
      }
    }
    panes.values().removeIf(Map::isEmpty);
    return moved > 0;
  }

  private void merge(Map<Segment, Pane> into, Segment segment, Pane pane) {
    Pane own = into.putIfAbsent(segment, pane);
    if (own != null) {
      shape.merge(own, pane);
    }
    Panes.needFew(into);
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
      long end = start + size;
      all.add(new Ending(end, () -> new Closed(start, end, segments(start))));
    }
    return all;
  }

  /** Panes with a window that ends after a time. */
  private SortedMap<Long, Map<Segment, Pane>> open(long closed) {
    return closed == Long.MIN_VALUE ? panes : panes.tailMap(closed - size, true);
  }

  private SortedMap<Segment, Pane> segments(long start) {
    SortedMap<Segment, Pane> all = new TreeMap<>();
    if (length == size) {
      all.putAll(panes.getOrDefault(start, Map.of()));
      return all;
    }
    for (Map<Segment, Pane> pane : panes.subMap(start, start + size).values()) {
      pane.forEach(
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
      addVersions(panes.firstKey() + length);
      panes.pollFirstEntry();
    }
    for (Map.Entry<Long, Map<Segment, Pane>> pane : panes.tailMap(thinTo, true).entrySet()) {
      if (lastEnd(pane.getKey()) > clock) {
        break;
      }
      addVersions(pane.getKey() + length);
      pane.getValue().values().forEach(shape::thin);
      thinTo = pane.getKey() + length;
    }
  }

  /** Those in panes that end up to a time. */
  private void addVersions(long end) {
    for (Map<Segment, Pane> pane :
        versionsTo > end - length ? List.<Map<Segment, Pane>>of() : notAdded(end)) {
      pane.forEach(
          (segment, part) ->
              shape.mergeVersions(
                  versions.computeIfAbsent(segment, unused -> shape.none()), part.ofVersion));
    }
    versionsTo = Math.max(versionsTo, end - length + 1);
  }

  private Iterable<Map<Segment, Pane>> notAdded(long end) {
    return List.copyOf(panes.subMap(versionsTo, true, end - length, true).values());
  }

  /** Of a version's events before a window begins; empty where there are none. */
  Optional<Mergeable<?>> ofVersion(int statistic, long start, Selection wanted) {
    addVersions(start);
    return shape.sum(statistic, wanted.of(versions).map(states -> states[statistic]));
  }

  /** Of whole panes in the time before a window begins; empty where there are no events. */
  Optional<Mergeable<?>> before(int statistic, long start, long reach, Selection wanted) {
    return shape.sum(
        statistic,
        panes.subMap(start - reach, true, start - length, true).values().stream()
            .flatMap(wanted::of)
            .map(pane -> pane.states[statistic]));
  }

  /** Whether events go back to the beginning of a baseline: its first pane is not cut. */
  boolean reaches(long began, long start, long reach) {
    return began != Long.MAX_VALUE && floor(began, length) <= start - reach;
  }

  @Override
  public void clear() {
    panes.clear();
  }

  @Override
  public void write(StateWriter out) {
    out.writeLong(versionsTo);
    out.writeUnsigned(panes.size());
    panes.forEach(
        (start, segments) -> {
          out.writeLong(start);
          out.writeUnsigned(segments.size());
          new TreeMap<>(segments)
              .forEach(
                  (segment, pane) -> {
                    ValueCodec.write(segment.values(), out);
                    shape.write(pane, out);
                  });
        });
    out.writeUnsigned(versions.size());
    new TreeMap<>(versions)
        .forEach(
            (segment, states) -> {
              ValueCodec.write(segment.values(), out);
              PaneShape.writeStates(states, out);
            });
  }

  @Override
  public void read(int[] places, StateReader in) {
    versionsTo = in.readLong();
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      Map<Segment, Pane> pane = new HashMap<>();
      panes.put(in.readLong(), pane);
      int segments = in.readCount();
      for (int j = 0; j < segments; j++) {
        pane.put(readSegment(in), shape.read(places, in));
      }
    }
    int known = in.readCount();
    for (int i = 0; i < known; i++) {
      Segment segment = readSegment(in);
      @Nullable Mergeable<?>[] states = shape.none();
      shape.readStates(states, places, in);
      versions.put(segment, states);
    }
  }

  static Segment readSegment(StateReader in) {
    if (ValueCodec.read(Basic.DYN, in) instanceof List<?> values) {
      return new Segment(List.copyOf(values));
    }
    throw in.broken("a segment");
  }
}
