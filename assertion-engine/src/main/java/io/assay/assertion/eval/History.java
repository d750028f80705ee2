package io.assay.assertion.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The recent events of one key, shared by all its assertions: each event's fields are kept once.
 *
 * <p>As long as an assertion may need them, and no longer. Of a long stretch the fields of only
 * some events are kept, denser towards now, since evidence shows a few in any case; ids and
 * coordinates are kept of all, up to {@link #MOST} events, and of ever fewer of those before.
 */
final class History {
  /** Up to so many events all fields are kept. */
  static final int DENSE = 64;

  /** An event so long ago that is needed by itself does not keep those behind it. */
  static final int NEAR = 8;

  /** At most so many events in a row are kept, whatever the bounds of rules are. */
  static final int MOST = 4096;

  /** Of the events before those, the fields of one in so many. */
  private static final int SPARSE = 32;

  /** Before the ring: what is pinned, and some of a stretch that was too long. */
  private final TreeMap<Long, Past> older = new TreeMap<>();

  private @Nullable Past[] ring = new Past[4];
  private int head;
  private int size;
  private long next;

  long next() {
    return next;
  }

  int size() {
    return older.size() + size;
  }

  /** Events in a row, up to the last. */
  int sizeOfRing() {
    return size;
  }

  void add(Past past) {
    if (past.sequence() != next && size > 0) {
      throw new IllegalStateException("needed event " + next + ", got " + past.sequence());
    }
    if (size == ring.length) {
      grow();
    }
    ring[(head + size) & (ring.length - 1)] = past;
    size++;
    next = past.sequence() + 1;
  }

  private void grow() {
    @Nullable Past[] wider = new Past[2 * ring.length];
    for (int i = 0; i < size; i++) {
      wider[i] = ring[(head + i) & (ring.length - 1)];
    }
    ring = wider;
    head = 0;
  }

  /** An event that is still kept; null for one that is not. */
  @Nullable Past get(long sequence) {
    long first = next - size;
    if (sequence < first) {
      return older.get(sequence);
    }
    return sequence >= next ? null : at((int) (sequence - first));
  }

  /** Whether an event is kept that was at this time. */
  boolean isAt(long sequence, long at) {
    Past past = get(sequence);
    return past != null && past.at() == at;
  }

  private Past at(int place) {
    return Objects.requireNonNull(ring[(head + place) & (ring.length - 1)]);
  }

  /** The kept events of a stretch, both ends included. */
  List<Past> between(long from, long to) {
    if (from > to) {
      return List.of();
    }
    List<Past> events = new ArrayList<>(older.subMap(from, true, to, true).values());
    for (long sequence = Math.max(from, next - size); sequence <= Math.min(to, next - 1); ) {
      events.add(Objects.requireNonNull(get(sequence++)));
    }
    return events;
  }

  /**
   * An event of before the ring, as a stored state gives it; the oldest first, and before others.
   */
  void restoreOlder(Past past) {
    older.put(past.sequence(), past);
  }

  /** Those of before the ring, the oldest first. */
  Collection<Past> older() {
    return older.values();
  }

  /** Forgets what lies before an event, but for what is pinned. */
  void forgetBefore(long sequence, Pins pinned) {
    older.headMap(sequence, false).keySet().removeIf(one -> !pinned.contains(one));
    while (size > 0 && next - size < sequence) {
      Past first = removeFirst();
      if (pinned.contains(first.sequence())) {
        older.put(first.sequence(), first);
      }
    }
    if (size < ring.length / 8 && ring.length > 16) {
      shrink();
    }
  }

  private void shrink() {
    @Nullable Past[] narrower = new Past[ring.length / 4];
    for (int i = 0; i < size; i++) {
      narrower[i] = at(i);
    }
    ring = narrower;
    head = 0;
  }

  private Past removeFirst() {
    Past first = at(0);
    ring[head] = null;
    head = (head + 1) & (ring.length - 1);
    size--;
    return first;
  }

  /**
   * Half the ring goes to the older ones; of those every second is dropped until few enough stay.
   */
  private void thinOlder(Pins pinned) {
    while (size > MOST / 2) {
      Past first = removeFirst();
      older.put(first.sequence(), first);
    }
    long every = 1;
    for (int k = 1; older.size() > MOST / 2 && k <= 40; k++) {
      long step = 1L << k;
      every = step;
      older.keySet().removeIf(one -> one % step != 0 && !pinned.contains(one));
    }
    long withFields = SPARSE * every;
    older.replaceAll(
        (one, past) -> one % withFields == 0 || pinned.contains(one) ? past : past.withoutRow());
  }

  /** Whether the fields of an event may be dropped: there must be one to look at. */
  boolean thins() {
    boolean found = size >= MOST;
    for (long age = DENSE, step = 2; age <= size && !found; age *= 2, step *= 2) {
      long sequence = next - age;
      int slot = (head + size - (int) age) & (ring.length - 1);
      found = sequence % step != 0 && Objects.requireNonNull(ring[slot]).row() != null;
    }
    return found;
  }

  /** Whether somebody must say what is pinned. */
  boolean isLong() {
    return size > NEAR || !older.isEmpty();
  }

  /**
   * Drops the fields of the one event whose turn it is: of those {@code DENSE * 2^k} events ago,
   * every second kept one. So a stretch of n events keeps the fields of about DENSE (1 + log n).
   *
   * @param pinned events that an assertion will need as they are
   */
  void thin(Pins pinned) {
    if (size >= MOST) {
      thinOlder(pinned);
    }
    for (long age = DENSE, step = 2; age <= size; age *= 2, step *= 2) {
      long sequence = next - age;
      int slot = (head + size - (int) age) & (ring.length - 1);
      Past past = Objects.requireNonNull(ring[slot]);
      if (sequence % step != 0 && past.row() != null && !pinned.contains(sequence)) {
        ring[slot] = past.withoutRow();
      }
    }
  }
}
