package io.assay.stream.contract;

import io.assay.stream.contract.TopicState.Difference;
import io.assay.stream.contract.TopicState.Existing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the topics that are missing, and says where an existing one is not as planned. */
public final class TopicCreation {
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(10);
  private static final Duration KNOWN_EVERY = Duration.ofMillis(50);

  private TopicCreation() {}

  /**
   * Leaves topics that exist as they are: their settings are their owner's. The right to create is
   * needed only where one is missing.
   *
   * @return one sentence for each setting of an existing topic that differs from the plan
   * @throws KafkaException if the broker does not answer as needed
   */
  public static List<String> createMissing(Admin admin, Collection<TopicPlan> plans)
      throws InterruptedException {
    List<TopicState> states = make(admin, look(admin, plans), Optional.empty());
    var found = new ArrayList<String>();
    states.forEach(state -> tell(state, found));
    return found;
  }

  private static void tell(TopicState state, List<String> found) {
    String name = state.plan().name();
    for (Difference one : state.differences()) {
      found.add(
          "topic %s has %s=%s, Assay makes it with %s"
              .formatted(name, one.setting(), one.actual(), one.planned()));
    }
    state
        .existing()
        .filter(existing -> !existing.unread().isEmpty())
        .ifPresent(
            existing ->
                found.add(
                    "topic %s exists, its settings cannot be read: %s"
                        .formatted(name, existing.unread())));
  }

  /**
   * Makes the topics that are missing; those that another has made meanwhile stay as they are.
   * Returns when the broker that answers knows them, at the latest after ten seconds: whoever reads
   * or writes next finds them.
   *
   * @param before what there is, as {@link #look} has it
   * @param replicas of each partition; empty for as many as the broker gives by itself
   * @return what there was before, with what another has made meanwhile
   * @throws KafkaException if one could not be made
   */
  public static List<TopicState> make(
      Admin admin, List<TopicState> before, Optional<Short> replicas) throws InterruptedException {
    Set<String> others =
        create(
            admin,
            before.stream().filter(TopicState::isMissing).map(TopicState::plan).toList(),
            replicas);
    if (others.isEmpty()) {
      return before;
    }
    List<TopicPlan> again =
        before.stream().map(TopicState::plan).filter(plan -> others.contains(plan.name())).toList();
    Map<String, TopicState> now = new HashMap<>();
    look(admin, again).forEach(state -> now.put(state.plan().name(), state));
    return before.stream().map(state -> now.getOrDefault(state.plan().name(), state)).toList();
  }

  /** Names of those that another had made. */
  private static Set<String> create(
      Admin admin, Collection<TopicPlan> plans, Optional<Short> replicas)
      throws InterruptedException {
    if (plans.isEmpty()) {
      return Set.of();
    }
    Set<String> others = new HashSet<>();
    CreateTopicsResult made =
        admin.createTopics(plans.stream().map(plan -> plan.newTopic(replicas)).toList());
    for (Map.Entry<String, KafkaFuture<Void>> one : made.values().entrySet()) {
      try {
        one.getValue().get();
      } catch (ExecutionException failure) {
        Throwable cause = cause(failure);
        if (!(cause instanceof TopicExistsException)) {
          throw new KafkaException(
              "creating the topic %s failed: %s".formatted(one.getKey(), cause.getMessage()),
              cause);
        }
        others.add(one.getKey());
      }
    }
    awaitKnown(admin, plans.stream().map(TopicPlan::name).toList());
    return others;
  }

  /** The controller answers before each broker has heard of a topic. */
  private static void awaitKnown(Admin admin, List<String> names) throws InterruptedException {
    long end = System.nanoTime() + KNOWN_WITHIN.toNanos();
    while (!allKnown(admin, names) && System.nanoTime() < end) {
      Thread.sleep(KNOWN_EVERY);
    }
  }

  private static boolean allKnown(Admin admin, List<String> names) throws InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> asked =
        admin.describeTopics(names).topicNameValues();
    for (String name : names) {
      if (there(name, asked).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * What there is of the topics, in their order; changes nothing.
   *
   * @throws KafkaException if the broker does not answer as needed
   */
  public static List<TopicState> look(Admin admin, Collection<TopicPlan> plans)
      throws InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> asked =
        admin.describeTopics(plans.stream().map(TopicPlan::name).toList()).topicNameValues();
    var states = new ArrayList<TopicState>();
    for (TopicPlan plan : plans) {
      Optional<TopicDescription> there = there(plan.name(), asked);
      states.add(
          there.isPresent()
              ? state(admin, plan, there.get())
              : new TopicState(plan, Optional.empty(), List.of()));
    }
    return states;
  }

  private static Optional<TopicDescription> there(
      String name, Map<String, KafkaFuture<TopicDescription>> asked) throws InterruptedException {
    KafkaFuture<TopicDescription> description = asked.get(name);
    try {
      return description == null ? Optional.empty() : Optional.of(description.get());
    } catch (ExecutionException failure) {
      Throwable cause = cause(failure);
      if (cause instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new KafkaException(
          "looking at the topic %s failed: %s".formatted(name, cause.getMessage()), cause);
    }
  }

  private static TopicState state(Admin admin, TopicPlan plan, TopicDescription there)
      throws InterruptedException {
    int partitions = there.partitions().size();
    int replicas = there.partitions().getFirst().replicas().size();
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, plan.name());
    var found = new ArrayList<Difference>();
    String unread = "";
    try {
      for (Config actual : admin.describeConfigs(List.of(topic)).all().get().values()) {
        plan.settings().forEach((name, planned) -> compare(name, planned, actual, found));
      }
    } catch (ExecutionException denied) {
      unread = String.valueOf(cause(denied).getMessage());
    }
    return new TopicState(plan, Optional.of(new Existing(partitions, replicas, unread)), found);
  }

  private static void compare(String name, String planned, Config actual, List<Difference> found) {
    ConfigEntry entry = actual.get(name);
    if (entry != null && !planned.equals(entry.value())) {
      found.add(new Difference(name, planned, String.valueOf(entry.value())));
    }
  }

  private static Throwable cause(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }
}
