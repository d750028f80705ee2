package io.assay.web.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Asks the broker who reads what and how far they are; each question ends within seconds. */
final class BrokerLook {
  private static final Duration WITHIN = Duration.ofSeconds(4);

  private final Admin admin;
  private final Predicate<String> isOurs;
  private final Set<TopicPartition> always;

  /**
   * @param admin that gives up soon ({@link #hasty})
   * @param isOurs which groups are asked for
   * @param always partitions whose ends are asked for, whoever reads them
   */
  BrokerLook(Admin admin, Predicate<String> isOurs, Set<TopicPartition> always) {
    this.admin = admin;
    this.isOurs = isOurs;
    this.always = Set.copyOf(always);
  }

  /** Settings of a client that gives up soon: people wait. */
  static Map<String, Object> hasty(Map<String, Object> clients) {
    var settings = new HashMap<>(clients);
    settings.put("default.api.timeout.ms", (int) WITHIN.toMillis());
    settings.put("request.timeout.ms", (int) WITHIN.toMillis() / 2);
    return settings;
  }

  /**
   * @throws KafkaException if the broker does not answer as needed
   */
  BrokerState look() {
    try {
      List<String> names =
          admin.listGroups().all().get().stream()
              .map(GroupListing::groupId)
              .filter(isOurs)
              .toList();
      List<String> refused = new ArrayList<>();
      Map<String, Map<TopicPartition, Long>> committed = committed(admin, names, refused);
      Map<String, BrokerState.Group> groups = groups(admin, names, committed, refused);
      Set<TopicPartition> read = new HashSet<>(always);
      committed.values().forEach(one -> read.addAll(one.keySet()));
      groups.values().stream()
          .flatMap(group -> group.members().stream())
          .forEach(member -> read.addAll(member.assigned()));
      return new BrokerState(groups, ends(admin, read, refused), refused);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    } catch (ExecutionException failure) {
      throw failed(failure);
    }
  }

  private static KafkaException failed(ExecutionException failure) {
    return failure.getCause() instanceof KafkaException cause
        ? cause
        : new KafkaException(failure.getCause());
  }

  private static Map<String, Map<TopicPartition, Long>> committed(
      Admin admin, List<String> names, List<String> refused) throws InterruptedException {
    ListConsumerGroupOffsetsResult asked =
        admin.listConsumerGroupOffsets(
            names.stream()
                .collect(Collectors.toMap(name -> name, n -> new ListConsumerGroupOffsetsSpec())));
    Map<String, Map<TopicPartition, Long>> all = new HashMap<>();
    for (String name : names) {
      Map<TopicPartition, Long> own = new HashMap<>();
      try {
        asked
            .partitionsToOffsetAndMetadata(name)
            .get()
            .forEach(
                (partition, offset) -> {
                  if (offset != null) {
                    own.put(partition, offset.offset());
                  }
                });
      } catch (ExecutionException failure) {
        refused.add(name + ": " + failure.getCause());
      }
      all.put(name, own);
    }
    return all;
  }

  private static Map<String, BrokerState.Group> groups(
      Admin admin,
      List<String> names,
      Map<String, Map<TopicPartition, Long>> committed,
      List<String> refused)
      throws InterruptedException {
    Map<String, BrokerState.Group> all = new HashMap<>();
    for (var each : admin.describeConsumerGroups(names).describedGroups().entrySet()) {
      Map<TopicPartition, Long> own = committed.getOrDefault(each.getKey(), Map.of());
      try {
        ConsumerGroupDescription group = each.getValue().get();
        all.put(
            each.getKey(),
            new BrokerState.Group(
                group.groupState().toString(),
                own,
                group.members().stream().map(BrokerLook::member).toList()));
      } catch (ExecutionException failure) {
        refused.add(each.getKey() + ": " + failure.getCause());
        all.put(each.getKey(), new BrokerState.Group("?", own, List.of()));
      }
    }
    return all;
  }

  private static BrokerState.Member member(MemberDescription member) {
    return new BrokerState.Member(
        member.clientId(), member.host(), List.copyOf(member.assignment().topicPartitions()));
  }

  /** A partition of a topic that is gone has no end. */
  private static Map<TopicPartition, Long> ends(
      Admin admin, Set<TopicPartition> partitions, List<String> refused)
      throws InterruptedException {
    var asked =
        admin.listOffsets(
            partitions.stream().collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest())));
    Map<TopicPartition, Long> ends = new HashMap<>();
    Set<String> silent = new HashSet<>();
    for (TopicPartition partition : partitions) {
      try {
        ends.put(partition, asked.partitionResult(partition).get().offset());
      } catch (ExecutionException failure) {
        if (silent.add(partition.topic())) {
          refused.add(partition.topic() + ": " + failure.getCause());
        }
      }
    }
    return ends;
  }
}
