package io.assay.stream.assertions;

import java.util.HashMap;
import java.util.Map;

/** How far all sources of each stream have been read, as one task has heard: the least counts. */
final class Arrivals {
  private final Map<String, Integer> sources;
  private final Map<String, Map<Integer, Long>> heard = new HashMap<>();

  /** {@code sources}: of each stream how many partitions will be heard of. */
  Arrivals(Map<String, Integer> sources) {
    this.sources = sources;
  }

  void heard(TimePassed passed) {
    heard
        .computeIfAbsent(passed.stream(), unused -> new HashMap<>())
        .merge(passed.sourcePartition(), passed.received(), Math::max);
  }

  /** The least there is until all have been heard of; nanoseconds. */
  long of(String stream) {
    Map<Integer, Long> all = heard.getOrDefault(stream, Map.of());
    return all.size() < sources.getOrDefault(stream, 1)
        ? Long.MIN_VALUE
        : all.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
  }
}
