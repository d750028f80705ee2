package io.assay.stream.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are missing, and says where an existing one is not as planned. */
public final class TopicCreation {
  private TopicCreation() {}

  /**
   * Leaves topics that exist as they are: their settings are their owner's.
   *
   * @return one sentence for each setting of an existing topic that differs from the plan
   */
  public static List<String> createMissing(Admin admin, Collection<TopicPlan> plans)
      throws InterruptedException {
    var existing = new ArrayList<TopicPlan>();
    for (TopicPlan plan : plans) {
      KafkaFuture<Void> made = admin.createTopics(List.of(plan.newTopic())).all();
      try {
        made.get();
      } catch (ExecutionException failure) {
        Throwable cause = cause(failure);
        if (!(cause instanceof TopicExistsException)) {
          throw new KafkaException(
              "creating the topic %s failed: %s".formatted(plan.name(), cause.getMessage()), cause);
        }
        existing.add(plan);
      }
    }
    var found = new ArrayList<String>();
    for (TopicPlan plan : existing) {
      found.addAll(differences(admin, plan));
    }
    return found;
  }

  private static List<String> differences(Admin admin, TopicPlan plan) throws InterruptedException {
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, plan.name());
    var found = new ArrayList<String>();
    try {
      for (Config actual : admin.describeConfigs(List.of(topic)).all().get().values()) {
        plan.settings().forEach((name, planned) -> compare(plan, name, planned, actual, found));
      }
    } catch (ExecutionException denied) {
      found.add(
          "topic %s exists, its settings cannot be read: %s"
              .formatted(plan.name(), cause(denied).getMessage()));
    }
    return found;
  }

  private static void compare(
      TopicPlan plan, String name, String planned, Config actual, List<String> found) {
    ConfigEntry entry = actual.get(name);
    if (entry != null && !planned.equals(entry.value())) {
      found.add(
          "topic %s has %s=%s, Assay makes it with %s"
              .formatted(plan.name(), name, entry.value(), planned));
    }
  }

  private static Throwable cause(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }
}
