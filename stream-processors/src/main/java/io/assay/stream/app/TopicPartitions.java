package io.assay.stream.app;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** How many partitions topics have, at one time. */
record TopicPartitions(Map<String, Integer> counts) {
  TopicPartitions {
    counts = Map.copyOf(counts);
  }

  static TopicPartitions now(Admin admin, Collection<String> topics)
      throws InterruptedException, ExecutionException {
    Map<String, Integer> counts = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> asked :
        admin.describeTopics(topics).topicNameValues().entrySet()) {
      try {
        counts.put(asked.getKey(), asked.getValue().get().partitions().size());
      } catch (ExecutionException failure) {
        if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw failure;
        }
      }
    }
    return new TopicPartitions(counts);
  }

  /** 0 for a topic that does not exist. */
  int of(String topic) {
    return counts.getOrDefault(topic, 0);
  }
}
