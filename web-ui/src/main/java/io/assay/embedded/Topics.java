package io.assay.embedded;

import io.assay.embedded.EmbeddedException.Problem;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes topics that are missing. */
final class Topics {
  private Topics() {}

  /** Leaves those that exist as they are. */
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
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException(
          Problem.FAILED, "interrupted while topics were created", interrupted);
    }
  }
}
