package io.assay.assertion.selection;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Takes out what is of a picked sample's subject and near it in time. */
final class Neighbours {
  private record Subject(String stream, String key, String name) {
    static Subject of(Place place) {
      return new Subject(place.stream(), place.key(), place.subject());
    }
  }

  private final Pool pool;
  private final Live live;
  private final long apart;
  private final Map<Subject, Integer> numbers = new HashMap<>();
  private final Groups bySubject;
  private final Map<Integer, int[]> inOrder = new HashMap<>();
  private final Set<Place> seen = new HashSet<>();

  /**
   * Needs O(n) once; a pick costs O(log n) and its neighbours.
   *
   * @param apart nanoseconds, over 0
   */
  Neighbours(Pool pool, Live live, long apart) {
    this.pool = pool;
    this.live = live;
    this.apart = apart;
    int[] subject = new int[pool.size()];
    for (int c = 0; c < subject.length; c++) {
      Subject of = Subject.of(pool.candidate(c).place());
      Integer known = numbers.putIfAbsent(of, numbers.size());
      subject[c] = known == null ? numbers.size() - 1 : known;
    }
    this.bySubject = Groups.of(subject, numbers.size());
  }

  void dropAround(Place place) {
    Integer subject = numbers.get(Subject.of(place));
    if (subject == null || !seen.add(place)) {
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

  private long timeOf(int c) {
    return nanos(pool.candidate(c).place().at());
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }
}
