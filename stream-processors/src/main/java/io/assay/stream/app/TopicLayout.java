package io.assay.stream.app;

import io.assay.assertion.event.StreamType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * How the events of a key of connected streams meet in one task: their topics are partitioned alike
 * by key already, or they are sent through internal topics that are.
 *
 * @param keyed the first of the two
 * @param partitions of the internal topics, and so of the tasks
 * @param sources how many partitions each stream's own topic has; those that do not exist have none
 */
record TopicLayout(boolean keyed, int partitions, Map<String, Integer> sources) {
  TopicLayout {
    sources = Map.copyOf(sources);
  }

  static TopicLayout of(
      List<StreamType> streams, ProcessorSettings settings, TopicPartitions topics)
      throws InterruptedException, ExecutionException {
    Map<String, Integer> sources = new LinkedHashMap<>();
    int most = 1;
    OptionalInt made = OptionalInt.empty();
    for (StreamType stream : streams) {
      int source = topics.of(stream.topic());
      sources.put(stream.name(), source);
      most = Math.max(most, source);
      // The number is set when an internal topic is made: state is spread over its partitions.
      int internal = topics.of(settings.internalTopic(streams, stream));
      made = internal > 0 ? OptionalInt.of(internal) : made;
    }
    boolean alike = sources.values().stream().distinct().count() == 1;
    return new TopicLayout(settings.keyed() && alike, made.orElse(most), sources);
  }

  boolean isMissing(StreamType stream) {
    return sources.getOrDefault(stream.name(), 0) == 0;
  }

  /** For the log. */
  String sentence() {
    String own =
        sources.entrySet().stream()
            .map(source -> source.getKey() + " " + source.getValue())
            .sorted()
            .collect(Collectors.joining(", "));
    return keyed
        ? "topics are read as they are, keyed alike (partitions: %s)".formatted(own)
        : "events are brought together by key through internal topics of %d partitions (sources: %s)"
            .formatted(partitions, own);
  }
}
