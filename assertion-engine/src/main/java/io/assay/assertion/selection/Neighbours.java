package io.assay.assertion.selection;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Takes out what is of a picked sample's subject and near it in time. */
final class Neighbours {
  private final Pool pool;
  private final Live live;
  private final long apart;
  private final Numbering subjects;
  private final Groups bySubject;
  private final Map<Integer, int[]> inOrder = new HashMap<>();
  private final Set<Place> seen = new HashSet<>();

  /**
   * Needs O(n) once; a pick costs O(log n) and its neighbours, and its subject is sorted once.
   *
   * @param apart nanoseconds, over 0
   */
  Neighbours(Pool pool, Live live, long apart) {
    this.pool = pool;
    this.live = live;
    this.apart = apart;
    this.subjects =
        new Numbering(
            pool.size(), c -> hash(placeOf(c)), (a, b) -> isOneSubject(placeOf(a), placeOf(b)));
    this.bySubject = subjects.groups();
  }

  void dropAround(Place place) {
    int subject = subjects.find(hash(place), c -> isOneSubject(place, placeOf(c)));
    if (subject == Groups.NONE || !seen.add(place)) {
      return;
    }
    int[] members = inOrder.computeIfAbsent(subject, this::sorted);
    long at = nanos(place.at());
    for (int i = firstAfter(members, at - apart);
        i < members.length && timeOf(members[i]) < at + apart;
        i++) {
      live.drop(members[i]);
    }
  }

  /** By time. */
  private int[] sorted(int subject) {
    int[] members = bySubject.membersOf(subject);
    Order.ascending(members, (a, b) -> Long.compare(timeOf(a), timeOf(b)));
    return members;
  }

  private int firstAfter(int[] members, long time) {
    int low = 0;
    int high = members.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (timeOf(members[middle]) > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static int hash(Place place) {
    return 31 * (31 * place.subject().hashCode() + place.key().hashCode())
        + place.stream().hashCode();
  }

  private static boolean isOneSubject(Place a, Place b) {
    return a.subject().equals(b.subject())
        && a.key().equals(b.key())
        && a.stream().equals(b.stream());
  }

  private Place placeOf(int c) {
    return pool.candidate(c).place();
  }

  private long timeOf(int c) {
    return nanos(placeOf(c).at());
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }
}
