package io.assay.stream.app;

import io.assay.assertion.event.StreamType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the events of a key of connected streams meet in one task: their topics are partitioned alike
 * by key already, or they are sent through internal topics that are.
 *
 * @param keyed the first of the two
 * @param partitions of the internal topics, and so of the tasks
 * @param sources how many partitions each stream's own topic has; those that do not exist have none
 * @param truthTasks how many tasks join truth
 * @param problem why keys would not find their state, and what to do; empty where they do
 */
record TopicLayout(
    boolean keyed,
    int partitions,
    Map<String, Integer> sources,
    int truthTasks,
    Optional<String> problem) {
  TopicLayout {
    sources = Map.copyOf(sources);
  }

  /** All topics that decide. */
  static List<String> topics(List<StreamType> streams, ProcessorSettings settings) {
    var topics = new ArrayList<String>();
    streams.forEach(stream -> topics.add(stream.topic()));
    streams.forEach(stream -> topics.add(settings.internalTopic(streams, stream)));
    topics.add(settings.stateTopic(streams));
    topics.add(settings.topics().awaiting());
    return topics;
  }

  /**
   * {@code now}: of {@link #topics}. Where keys are spread already, by an internal topic or by
   * state, that stays: it decides where their state is.
   */
  static TopicLayout of(List<StreamType> streams, ProcessorSettings settings, TopicPartitions now) {
    Map<String, Integer> sources = new LinkedHashMap<>();
    streams.forEach(stream -> sources.put(stream.name(), now.of(stream.topic())));
    int most = sources.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    int internal =
        streams.stream()
            .mapToInt(stream -> now.of(settings.internalTopic(streams, stream)))
            .max()
            .orElse(0);
    int state = now.of(settings.stateTopic(streams));
    int truthTasks = Math.max(1, now.of(settings.topics().awaiting()));
    boolean alike = sources.values().stream().distinct().count() == 1;
    if (settings.keyed() && internal == 0 && (alike || state > 0)) {
      return new TopicLayout(true, most, sources, truthTasks, moved(streams, settings, now));
    }
    int partitions = Math.max(1, internal > 0 ? internal : state > 0 ? state : most);
    return new TopicLayout(
        false, partitions, sources, truthTasks, spread(streams, settings, now, partitions));
  }

  /** Topics that are read straight: has one other partitions than the state of its keys? */
  private static Optional<String> moved(
      List<StreamType> streams, ProcessorSettings settings, TopicPartitions now) {
    String stateTopic = settings.stateTopic(streams);
    int state = now.of(stateTopic);
    return streams.stream()
        .filter(stream -> state > 0 && now.of(stream.topic()) > 0)
        .filter(stream -> now.of(stream.topic()) != state)
        .findFirst()
        .map(
            stream ->
                """
                the topic %s has %d partitions, its keys are remembered in %d (%s): they would be \
                judged without what is remembered of them. Set assay.keyed=false, which brings \
                them back to their state where producers choose partitions by Kafka's default; \
                or reset the stream, which forgets what is remembered (docs/operations.md, Reset)\
                """
                    .formatted(stream.topic(), now.of(stream.topic()), state, stateTopic));
  }

  /** Internal topics are ours; has someone changed one? */
  private static Optional<String> spread(
      List<StreamType> streams, ProcessorSettings settings, TopicPartitions now, int partitions) {
    var topics = new ArrayList<String>();
    streams.forEach(stream -> topics.add(settings.internalTopic(streams, stream)));
    topics.add(settings.stateTopic(streams));
    return topics.stream()
        .filter(topic -> now.of(topic) > 0 && now.of(topic) != partitions)
        .findFirst()
        .map(
            topic ->
                """
                the internal topic %s has %d partitions where %d are needed: keys would be judged \
                without what is remembered of them. Its partitions must not be changed; reset the \
                stream, which forgets what is remembered (docs/operations.md, Reset)\
                """
                    .formatted(topic, now.of(topic), partitions));
  }

  boolean isMissing(StreamType stream) {
    return sources.getOrDefault(stream.name(), 0) == 0;
  }

  /** From how many sources a stream's events reach what is judged over all tasks. */
  int sources(String stream) {
    return keyed ? partitions : sources.getOrDefault(stream, 1);
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
