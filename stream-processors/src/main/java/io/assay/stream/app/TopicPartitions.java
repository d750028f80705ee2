package io.assay.stream.app;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** How many partitions topics have. */
record TopicPartitions(Admin admin) {

  /** 0 for a topic that does not exist. */
  int of(String topic) throws InterruptedException, ExecutionException {
    try {
      for (TopicDescription found :
          admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
        return found.partitions().size();
      }
      return 0;
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
        return 0;
      }
      throw failure;
    }
  }
}
