package io.assay.embedded;

import io.assay.embedded.EmbeddedException.Problem;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes topics that are missing. */
final class Topics {
  private Topics() {}

  private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

  /**
   * Leaves those that exist as they are. Returns when their leaders answer: a producer whose first
   * batch comes too early, and whose second does not, never gets the first in (out of order).
   */
  static void create(String bootstrapServers, Collection<NewTopic> topics) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      for (Map.Entry<String, KafkaFuture<Void>> made :
          admin.createTopics(topics).values().entrySet()) {
        try {
          made.getValue().get();
        } catch (ExecutionException failure) {
          if (!(failure.getCause() instanceof TopicExistsException)) {
            throw new EmbeddedException(
                Problem.FAILED,
                "creating the topic %s failed: %s"
                    .formatted(made.getKey(), EmbeddedException.reason(failure)),
                failure);
          }
        }
      }
      awaitLeaders(admin, topics.stream().map(NewTopic::name).toList());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException(
          Problem.FAILED, "interrupted while topics were created", interrupted);
    }
  }

  private static void awaitLeaders(Admin admin, List<String> names) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!answer(admin, names) && System.nanoTime() < end) {
      Thread.sleep(20);
    }
  }

  /** What a leader has is asked of the leader itself, again and again until there is one. */
  private static boolean answer(Admin admin, List<String> names) throws InterruptedException {
    try {
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (TopicDescription one : admin.describeTopics(names).allTopicNames().get().values()) {
        one.partitions()
            .forEach(
                part ->
                    asked.put(
                        new TopicPartition(one.name(), part.partition()), OffsetSpec.latest()));
      }
      return admin.listOffsets(asked).all().get().size() == asked.size();
    } catch (ExecutionException notYet) {
      return false;
    }
  }
}
