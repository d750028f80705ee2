package io.assay.web.storage;

import io.assay.stream.contract.Topics;
import io.assay.web.storage.StorageSample.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * How much room topics take on the brokers' disks, and what is left there, as brokers tell it.
 * Topics of events and of others are told together: whose they are is no other project's concern.
 */
final class BrokerSizes {
  static final String MEMORY = "(memory)";
  static final String EVENTS = "(events)";

  private final Map<String, Object> clients;
  private final Topics topics;
  private final Predicate<String> isOfEvents;

  /** {@code isOfEvents}: whether any project's rules name a topic. */
  BrokerSizes(Map<String, Object> clients, Topics topics, Predicate<String> isOfEvents) {
    this.clients = new HashMap<>(clients);
    this.clients.put("default.api.timeout.ms", 10_000);
    this.clients.put("request.timeout.ms", 5_000);
    this.topics = topics;
    this.isOfEvents = isOfEvents;
  }

  /**
   * @throws KafkaException if the broker does not answer as needed
   */
  List<StorageSample> sample(Instant at) {
    try (Admin admin = Admin.create(clients)) {
      List<Integer> brokers = admin.describeCluster().nodes().get().stream().map(Node::id).toList();
      List<StorageSample> samples = new ArrayList<>();
      Map<String, Long> parts = new TreeMap<>();
      admin
          .describeLogDirs(brokers)
          .allDescriptions()
          .get()
          .forEach(
              (broker, folders) ->
                  folders.forEach(
                      (folder, told) -> samples.add(volume(at, broker, folder, told, parts))));
      parts.forEach((name, bytes) -> samples.add(StorageSample.part(at, Store.KAFKA, name, bytes)));
      return samples;
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof KafkaException cause
          ? cause
          : new KafkaException(failure.getCause());
    }
  }

  private StorageSample volume(
      Instant at, int broker, String folder, LogDirDescription told, Map<String, Long> parts) {
    if (told.error() != null) {
      throw new KafkaException(folder, told.error());
    }
    told.replicaInfos()
        .forEach((partition, replica) -> parts.merge(name(partition), replica.size(), Long::sum));
    return StorageSample.volume(
        at,
        Store.KAFKA,
        "%d:%s".formatted(broker, folder),
        told.replicaInfos().values().stream().collect(Collectors.summingLong(ReplicaInfo::size)),
        told.usableBytes(),
        told.totalBytes());
  }

  private String name(TopicPartition partition) {
    String topic = partition.topic();
    if (topics.plans(1).stream().anyMatch(plan -> plan.name().equals(topic))) {
      return topic;
    }
    if (topics.owner(topic).isPresent()) {
      return MEMORY;
    }
    return isOfEvents.test(topic) ? EVENTS : StorageReport.OTHERS;
  }
}
