package io.assay.stream.assertions;

import io.assay.stream.contract.AwaitingRecord;
import io.assay.stream.contract.AwaitingRecord.Mark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far predictions have been read, as one task that joins truth has heard, and only as far as
 * the truths that came until then have been read, too.
 *
 * <p>So windows wait for truths that have come and nobody has read yet, and not for truths that
 * have not come.
 */
final class TruthMarks {
  /** Of a source that is ahead of the truths; what is beyond replaces the last of them. */
  private static final int MOST_WAITING = 32;

  private final Side predictions = new Side();
  private final Map<String, Side> truths = new HashMap<>();
  private final Map<Integer, Deque<Mark>> waiting = new TreeMap<>();
  private final Map<Integer, Reached> reached = new TreeMap<>();

  /**
   * How far a source has come.
   *
   * @param spoke when its newest event was heard of, by the time of arrivals
   */
  private record Reached(Mark mark, long spoke) {
    private static Reached first(Mark mark) {
      return new Reached(mark, mark.received());
    }

    private Reached with(Mark next) {
      Mark further = furthest(mark, next);
      return new Reached(further, next.newest() > mark.newest() ? next.received() : spoke);
    }
  }

  /** What was heard of the sources of a topic, by all who read them. */
  private static final class Side {
    private int sources;
    private int readers = Integer.MAX_VALUE;
    private final Map<Integer, Map<Integer, Mark>> heard = new TreeMap<>();

    private void hear(AwaitingRecord.Read read) {
      // Who has not seen yet that partitions were added says fewer.
      sources = Math.max(sources, read.sources());
      readers = read.readers();
      for (Mark mark : read.marks()) {
        heard
            .computeIfAbsent(mark.source(), unused -> new TreeMap<>())
            .merge(read.reader(), mark, TruthMarks::furthest);
      }
    }

    /** As far as all who read it have come; empty until all have been heard of. */
    private Optional<Mark> of(int source) {
      Collection<Mark> all = heard.getOrDefault(source, Map.of()).values();
      if (all.size() < readers) {
        return Optional.empty();
      }
      long received = all.stream().mapToLong(Mark::received).min().orElseThrow();
      long newest = all.stream().mapToLong(Mark::newest).min().orElseThrow();
      return Optional.of(new Mark(source, received, newest));
    }

    /** Up to which arrivals all sources are read; the least there is until that is known. */
    private long received() {
      return sources == 0 || heard.size() < sources
          ? Long.MIN_VALUE
          : heard.keySet().stream()
              .mapToLong(source -> of(source).map(Mark::received).orElse(Long.MIN_VALUE))
              .min()
              .orElse(Long.MIN_VALUE);
    }
  }

  private static Mark furthest(Mark a, Mark b) {
    return new Mark(
        a.source(), Math.max(a.received(), b.received()), Math.max(a.newest(), b.newest()));
  }

  /** {@code topics} of the truths. */
  TruthMarks(Set<String> topics) {
    topics.forEach(topic -> truths.put(topic, new Side()));
  }

  /**
   * Some sources are read up to a time.
   *
   * @return the sources of predictions that have come further by that, each as often as it has
   */
  List<Mark> hear(AwaitingRecord.Read read) {
    if (read.topic().isEmpty()) {
      predictions.hear(read);
      read.marks().forEach(mark -> predictions.of(mark.source()).ifPresent(this::await));
    } else {
      Side side = truths.get(read.topic());
      if (side != null) {
        side.hear(read);
      }
    }
    return advance();
  }

  private void await(Mark mark) {
    Deque<Mark> marks = waiting.computeIfAbsent(mark.source(), unused -> new ArrayDeque<>());
    Mark last = marks.peekLast();
    if (mark.equals(last)) {
      return;
    }
    if (marks.size() >= MOST_WAITING) {
      marks.removeLast();
    }
    marks.addLast(mark);
  }

  private List<Mark> advance() {
    long until = truths.values().stream().mapToLong(Side::received).min().orElse(Long.MIN_VALUE);
    List<Mark> further = new ArrayList<>();
    waiting.forEach(
        (source, marks) -> {
          while (!marks.isEmpty() && marks.getFirst().received() <= until) {
            Mark mark = marks.removeFirst();
            Reached before = reached.get(source);
            Reached now = before == null ? Reached.first(mark) : before.with(mark);
            reached.put(source, now);
            further.add(now.mark());
          }
        });
    return further;
  }

  /** How far each source has come. */
  List<Mark> reached() {
    return reached.values().stream().map(Reached::mark).toList();
  }

  /** Goes on from what {@link #reached} was. */
  void restore(List<Mark> marks) {
    marks.forEach(mark -> reached.put(mark.source(), Reached.first(mark)));
  }

  /**
   * Up to which arrivals all predictions have been read; the least there is until that is known.
   */
  long predictionsRead() {
    return predictions.received();
  }

  /** How many sources of predictions there are; none as long as nobody has said it. */
  int sources() {
    return predictions.sources;
  }

  /** How many lanes of judges each source has. */
  int readers() {
    return predictions.readers;
  }

  /**
   * Event time that all sources have come to, but those that have been silent for long; where all
   * are, it goes on with the time of arrivals. The least there is until it is known.
   */
  long clock(long idle) {
    if (sources() == 0 || reached.size() < sources()) {
      return Long.MIN_VALUE;
    }
    long least = Long.MAX_VALUE;
    long passed = Long.MIN_VALUE;
    long read =
        reached.values().stream().mapToLong(one -> one.mark().received()).min().orElseThrow();
    for (Reached one : reached.values()) {
      long newest = one.mark().newest();
      if (one.mark().received() - one.spoke() < idle) {
        least = Math.min(least, newest);
      }
      if (newest != Long.MIN_VALUE) {
        passed = Math.max(passed, newest + Math.max(0, read - one.spoke()));
      }
    }
    return least == Long.MAX_VALUE ? passed : least;
  }
}
