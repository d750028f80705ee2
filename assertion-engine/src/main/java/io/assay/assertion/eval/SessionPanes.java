package io.assay.assertion.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sessions: events of a segment with less than a gap between them. Which events belong together
 * depends on their times alone, so parts may be merged in any order.
 */
final class SessionPanes implements Panes {
  private final PaneShape shape;
  private final long gap;
  private long bytes;

  /** By the time of the first event. */
  private final Map<Segment, NavigableMap<Long, Session>> sessions = new HashMap<>();

  private static final class Session {
    private final long last;
    private final Pane pane;

    /** Units that room was reckoned for. */
    private final long counted;

    private Session(long last, Pane pane, long counted) {
      this.last = last;
      this.pane = pane;
      this.counted = counted;
    }
  }

  SessionPanes(PaneShape shape, long gap) {
    this.shape = shape;
    this.gap = gap;
  }

  @Override
  public boolean isLate(long at, long clock) {
    return at + gap <= clock;
  }

  @Override
  public Pane at(long at, Segment segment) {
    return put(segment, at, at, null);
  }

  /** Joins what is less than the gap away on either side. */
  private Pane put(Segment segment, long first, long last, @Nullable Pane counted) {
    NavigableMap<Long, Session> own = sessions.computeIfAbsent(segment, unused -> new TreeMap<>());
    Panes.needFew(sessions);
    Panes.needRoom(bytes);
    long from = first;
    long to = last;
    @Nullable Pane pane = counted;
    Map.Entry<Long, Session> near = own.lowerEntry(to + gap);
    while (near != null && near.getValue().last > from - gap) {
      own.remove(near.getKey());
      bytes -= shape.bytes(near.getValue().counted);
      from = Math.min(from, near.getKey());
      to = Math.max(to, near.getValue().last);
      if (pane == null) {
        pane = near.getValue().pane;
      } else {
        shape.merge(pane, near.getValue().pane);
      }
      near = own.lowerEntry(to + gap);
    }
    Pane whole = pane == null ? shape.fresh() : pane;
    long most = whole.units + (counted == null ? 1 : 0);
    own.put(from, new Session(to, whole, most));
    bytes += shape.bytes(most);
    return whole;
  }

  @Override
  public long take(Panes other, long closed) {
    long late = 0;
    for (Map.Entry<Segment, NavigableMap<Long, Session>> from :
        ((SessionPanes) other).sessions.entrySet()) {
      for (Map.Entry<Long, Session> one : from.getValue().entrySet()) {
        Session session = one.getValue();
        if (session.last + gap <= closed) {
          late += session.pane.units;
        } else {
          put(from.getKey(), one.getKey(), session.last, session.pane);
        }
      }
    }
    other.clear();
    return late;
  }

  @Override
  public boolean halve(Panes half) {
    int seen = 0;
    boolean moved = false;
    Iterator<Map.Entry<Segment, NavigableMap<Long, Session>>> all = sessions.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Segment, NavigableMap<Long, Session>> one = all.next();
      if (seen++ % 2 == 1) {
        ((SessionPanes) half).sessions.put(one.getKey(), one.getValue());
        all.remove();
        moved = true;
      }
    }
    return moved;
  }

  @Override
  public List<Ending> close(long closed, long clock, boolean ended) {
    List<Closed> all = new ArrayList<>();
    Iterator<Map.Entry<Segment, NavigableMap<Long, Session>>> segments =
        sessions.entrySet().iterator();
    while (segments.hasNext()) {
      Map.Entry<Segment, NavigableMap<Long, Session>> own = segments.next();
      while (!own.getValue().isEmpty()
          && own.getValue().firstEntry().getValue().last + gap <= clock) {
        Map.Entry<Long, Session> over = own.getValue().pollFirstEntry();
        bytes -= shape.bytes(over.getValue().counted);
        all.add(
            new Closed(
                over.getKey(),
                over.getValue().last + gap,
                new TreeMap<>(Map.of(own.getKey(), over.getValue().pane))));
      }
      if (own.getValue().isEmpty()) {
        segments.remove();
      }
    }
    all.sort(
        Comparator.comparingLong(Closed::end)
            .thenComparingLong(Closed::start)
            .thenComparing(one -> one.segments().firstKey()));
    return all.stream().map(over -> new Ending(over.end(), () -> over)).toList();
  }

  @Override
  public long due(long closed) {
    return sessions.values().stream()
        .mapToLong(own -> own.firstEntry().getValue().last + gap)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  @Override
  public void forget(long clock) {
    // what is closed is gone
  }

  @Override
  public void clear() {
    sessions.clear();
    bytes = 0;
  }

  @Override
  public void write(StateWriter out) {
    out.writeUnsigned(sessions.size());
    new TreeMap<>(sessions)
        .forEach(
            (segment, own) -> {
              ValueCodec.write(segment.values(), out);
              out.writeUnsigned(own.size());
              own.forEach(
                  (first, session) -> {
                    out.writeLong(first);
                    out.writeUnsigned(session.last - first);
                    shape.write(session.pane, out);
                  });
            });
  }

  @Override
  public void read(int[] places, StateReader in) {
    int segments = in.readCount();
    for (int i = 0; i < segments; i++) {
      NavigableMap<Long, Session> own = new TreeMap<>();
      sessions.put(AlignedPanes.readSegment(in), own);
      int count = in.readCount();
      for (int j = 0; j < count; j++) {
        long first = in.readLong();
        long last = first + in.readUnsigned();
        Pane pane = shape.read(places, in);
        own.put(first, new Session(last, pane, pane.units));
        bytes += shape.bytes(pane.units);
      }
    }
  }
}
