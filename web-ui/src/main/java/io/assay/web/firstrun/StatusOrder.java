package io.assay.web.firstrun;

import io.assay.assertion.event.StreamType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The way that a status takes, as the events of each key show it: ordered, packed, sent. There is
 * one only where nearly all changes go one way; light that is on and off has none.
 *
 * @param ranks how far each value is on the way, from 0, in the order of the way
 * @param ends values behind which no key went on, where keys did end there
 */
record StatusOrder(Map<String, Integer> ranks, Set<String> ends) {
  private static final int FEWEST_CHANGES = 10;
  private static final int MOST_VALUES = 12;

  /** So many more changes go on than back. */
  private static final int DOMINANT = 9;

  /** That of the field with this path; empty where its values have no way. */
  static Optional<StatusOrder> of(EventSample sample, StreamType stream, List<String> path) {
    Map<String, Map<String, Integer>> changes = new TreeMap<>();
    Map<String, String> last = new HashMap<>();
    Set<String> values = new TreeSet<>();
    int all = 0;
    for (EventSample.Sampled one : sample.events()) {
      String value = Candidates.text(one.event(), path);
      if (value.isEmpty()) {
        continue;
      }
      values.add(value);
      String key = Candidates.text(one.event(), stream.key().source().path());
      String before = last.put(key, value);
      if (before != null && !before.equals(value)) {
        changes.computeIfAbsent(before, unused -> new TreeMap<>()).merge(value, 1, Integer::sum);
        all++;
      }
    }
    if (all < FEWEST_CHANGES || values.size() > MOST_VALUES) {
      return Optional.empty();
    }
    return ranks(values, changes)
        .map(ranks -> new StatusOrder(ranks, ends(values, changes, new HashSet<>(last.values()))));
  }

  private static int count(Map<String, Map<String, Integer>> changes, String from, String to) {
    return changes.getOrDefault(from, Map.of()).getOrDefault(to, 0);
  }

  private static boolean goesOn(Map<String, Map<String, Integer>> changes, String from, String to) {
    int on = count(changes, from, to);
    return on > 0 && on >= DOMINANT * count(changes, to, from);
  }

  /** The longest way to each; empty where some changes go both ways, or in a circle. */
  private static Optional<Map<String, Integer>> ranks(
      Set<String> values, Map<String, Map<String, Integer>> changes) {
    for (String from : values) {
      for (String to : values) {
        if (count(changes, from, to) > 0
            && !goesOn(changes, from, to)
            && !goesOn(changes, to, from)) {
          return Optional.empty();
        }
      }
    }
    Map<String, Integer> ranks = new HashMap<>();
    Set<String> left = new TreeSet<>(values);
    List<String> way = new ArrayList<>();
    while (!left.isEmpty()) {
      List<String> next =
          left.stream()
              .filter(to -> left.stream().noneMatch(from -> goesOn(changes, from, to)))
              .toList();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      for (String one : next) {
        ranks.put(
            one,
            way.stream()
                .filter(before -> goesOn(changes, before, one))
                .mapToInt(before -> ranks.getOrDefault(before, 0) + 1)
                .max()
                .orElse(0));
      }
      way.addAll(next);
      next.forEach(left::remove);
    }
    Map<String, Integer> ordered = new LinkedHashMap<>();
    way.forEach(one -> ordered.put(one, ranks.getOrDefault(one, 0)));
    return Optional.of(ordered);
  }

  private static Set<String> ends(
      Set<String> values, Map<String, Map<String, Integer>> changes, Set<String> last) {
    Set<String> ends = new TreeSet<>(values);
    values.stream()
        .filter(from -> values.stream().anyMatch(to -> goesOn(changes, from, to)))
        .forEach(ends::remove);
    ends.retainAll(last);
    return ends;
  }
}
