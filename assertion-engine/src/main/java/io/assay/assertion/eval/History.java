package io.assay.assertion.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recent events of one key, shared by all its assertions: each event's fields are kept once.
 *
 * <p>As long as an assertion may need them, and no longer. Of a long stretch the fields of only
 * some events are kept, denser towards now, since evidence shows a few in any case; identities and
 * coordinates are kept of all.
 */
final class History {
  /** Up to so many events all fields are kept. */
  private static final int DENSE = 64;

  private @Nullable Past[] ring = new Past[4];
  private int head;
  private int size;
  private long next;

  long next() {
    return next;
  }

  int size() {
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
    return sequence < first || sequence >= next ? null : at((int) (sequence - first));
  }

  private Past at(int place) {
    return Objects.requireNonNull(ring[(head + place) & (ring.length - 1)]);
  }

  /** The kept events of a stretch, both ends included. */
  List<Past> between(long from, long to) {
    List<Past> events = new ArrayList<>();
    for (long sequence = Math.max(from, next - size); sequence <= Math.min(to, next - 1); ) {
      events.add(Objects.requireNonNull(get(sequence++)));
    }
    return events;
  }

  /** Forgets what lies before an event. */
  void forgetBefore(long sequence) {
    while (size > 0 && next - size < sequence) {
      ring[head] = null;
      head = (head + 1) & (ring.length - 1);
      size--;
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

  boolean isLong() {
    return size > DENSE;
  }

  /**
   * Drops the fields of the one event whose turn it is: of those {@code DENSE * 2^k} events ago,
   * every second kept one. So a stretch of n events keeps the fields of about DENSE (1 + log n).
   *
   * @param pinned events that an assertion will need as they are
   */
  void thin(Set<Long> pinned) {
    for (long age = DENSE, step = 2; age <= size; age *= 2, step *= 2) {
      long sequence = next - age;
      if (sequence % step != 0 && !pinned.contains(sequence)) {
        int place = (int) (sequence - (next - size));
        int slot = (head + place) & (ring.length - 1);
        Past past = at(place);
        ring[slot] = past.row() == null ? past : past.withoutRow();
      }
    }
  }
}
