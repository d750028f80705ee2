package io.assay.assertion.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of one stream and key that a join may still need, in order of time. */
final class Buffer {
  /** So many are kept or wait at once, whatever bounds allow where time stands still. */
  static final int MOST = 16_384;

  private final List<Past> events = new ArrayList<>();

  /** All events before this time are here. */
  private long clock = Long.MIN_VALUE;

  /** What a driver's event finds. */
  sealed interface Search {
    record Found(Past event) implements Search {}

    /** None can come any more. */
    record Missing() implements Search {}

    /** One may still come. */
    record Open() implements Search {}
  }

  private static final Search MISSING = new Search.Missing();
  private static final Search OPEN = new Search.Open();

  List<Past> events() {
    return events;
  }

  /** Those from one on: what a driver has not come to. */
  List<Past> from(long sequence) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).sequence() < sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return events.subList(low, events.size());
  }

  long clock() {
    return clock;
  }

  void add(Past past) {
    events.add(past);
  }

  void passTo(long time) {
    clock = Math.max(clock, time);
  }

  /** The nearest in time, up to {@code most} away; of two as near the earlier one. */
  Search nearest(long at, long most) {
    int after = firstFrom(at);
    Optional<Past> later =
        after < events.size() ? Optional.of(events.get(after)) : Optional.empty();
    Optional<Past> earlier = after > 0 ? Optional.of(firstOfInstant(after - 1)) : Optional.empty();
    long before = earlier.map(past -> at - past.at()).orElse(Long.MAX_VALUE);
    if (later.isPresent()) {
      long ahead = later.get().at() - at;
      Past nearest = before <= ahead ? earlier.orElseThrow() : later.get();
      return Math.min(before, ahead) <= most ? new Search.Found(nearest) : MISSING;
    }
    if (before <= most) {
      return clock >= at + before ? new Search.Found(earlier.orElseThrow()) : OPEN;
    }
    return clock > at + most ? MISSING : OPEN;
  }

  /** The latest that is not later, at most so old. */
  Search asOf(long time, long most) {
    if (clock <= time) {
      return OPEN;
    }
    int after = firstFrom(time + 1);
    if (after == 0 || time - events.get(after - 1).at() > most) {
      return MISSING;
    }
    return new Search.Found(events.get(after - 1));
  }

  private Past firstOfInstant(int place) {
    int first = place;
    while (first > 0 && events.get(first - 1).at() == events.get(place).at()) {
      first--;
    }
    return events.get(first);
  }

  /** The place of the first event at this time or later. */
  private int firstFrom(long at) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).at() < at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Forgets what nobody needs any more.
   *
   * @param at before which none can be a partner
   * @param sequence before which all have been judged
   */
  void forgetBefore(long at, long sequence) {
    int judged = events.size() - from(sequence).size();
    int first = Math.max(firstFrom(at), events.size() - MOST);
    events.subList(0, Math.min(first, judged)).clear();
  }
}
