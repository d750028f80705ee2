package io.assay.stream.contract;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** A topic as it should be made: name, partitions and settings. */
public record TopicPlan(String name, int partitions, Map<String, String> settings) {
  public TopicPlan {
    settings = Map.copyOf(settings);
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "topic %s needs one partition or more, got %d".formatted(name, partitions));
    }
  }

  /** With as many replicas as the broker gives by itself. */
  public NewTopic newTopic() {
    return newTopic(Optional.empty());
  }

  NewTopic newTopic(Optional<Short> replicas) {
    return new NewTopic(name, Optional.of(partitions), replicas).configs(settings);
  }
}
