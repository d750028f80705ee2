package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Events that wait for their truth, and truths that wait for their event, by id. Made, stored and
 * restored by {@link TruthJoin}; changed by one thread at a time.
 */
public final class TruthState {
  final Map<String, Entry> entries = new HashMap<>();

  /** Until when an entry is kept. */
  final NavigableMap<Long, Set<String>> ends = new TreeMap<>();

  /** Up to here, this instant not included, no event comes any more. */
  long clock = Long.MIN_VALUE;

  TruthState() {}

  /** What is known of an id. */
  static final class Entry {
    final List<Waiting> events = new ArrayList<>(1);
    final Map<String, Came> truths = new TreeMap<>();
    long end = Long.MIN_VALUE;
  }

  /** An event, and what is to be told with its truth. */
  record Waiting(Event event, String note) {}

  /** A truth, when it came, and whether an event had use of it. */
  record Came(Object value, long at, boolean used) {}

  /** Whether an event of such a key waits. */
  public boolean hasEvent(Predicate<String> key) {
    return entries.values().stream()
        .flatMap(entry -> entry.events.stream())
        .anyMatch(waiting -> key.test(waiting.event().key()));
  }

  Entry entry(String id) {
    return entries.computeIfAbsent(id, unused -> new Entry());
  }

  void keepUntil(String id, Entry entry, long end) {
    if (end > entry.end) {
      Set<String> before = ends.get(entry.end);
      if (before != null) {
        before.remove(id);
        if (before.isEmpty()) {
          ends.remove(entry.end);
        }
      }
      entry.end = end;
      ends.computeIfAbsent(end, unused -> new LinkedHashSet<>(2)).add(id);
    }
  }
}
