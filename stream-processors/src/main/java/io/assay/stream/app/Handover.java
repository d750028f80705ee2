package io.assay.stream.app;

import io.assay.assertion.event.StreamType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams that were judged apart are joined, or those that were joined are judged apart: their new
 * group begins where the old ones stopped, once these have.
 *
 * <p>What those remembered of their keys stays behind: it lies in other topics, spread by other
 * partitions. So it begins anew, or with what the group had when it judged them before, and that is
 * announced.
 */
final class Handover {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private final JudgedStreams to;
  private final ProcessorSettings settings;
  private final Admin admin;

  private Handover(JudgedStreams to, ProcessorSettings settings, Admin admin) {
    this.to = to;
    this.settings = settings;
    this.admin = admin;
  }

  /** Before a group starts; returns what has to be waited for first. */
  static Optional<String> to(JudgedStreams streams, ProcessorSettings settings, Admin admin)
      throws InterruptedException, ExecutionException {
    return new Handover(streams, settings, admin).run();
  }

  private Optional<String> run() throws InterruptedException, ExecutionException {
    List<String> others = others();
    Optional<String> busy = others.isEmpty() ? Optional.empty() : busy(others);
    if (others.isEmpty() || isBusy(to.applicationId())) {
      return Optional.empty(); // another process has begun already
    }
    if (busy.isPresent()) {
      return Optional.of(
          "the group %s still judges some of its streams; this begins where that stops"
              .formatted(busy.get()));
    }
    begin(others);
    return Optional.empty();
  }

  /** Groups of the project that have judged some of these streams, with others or without. */
  private List<String> others() throws InterruptedException, ExecutionException {
    Set<String> own = to.streams().stream().map(StreamType::name).collect(Collectors.toSet());
    Collection<GroupListing> all =
        admin.listGroups(ListGroupsOptions.forConsumerGroups()).valid().get();
    List<String> found = new ArrayList<>();
    for (GroupListing group : all) {
      String id = group.groupId();
      if (!id.equals(to.applicationId())
          && settings.streamsOf(id).stream().anyMatch(own::contains)) {
        found.add(id);
      }
    }
    return found;
  }

  private Optional<String> busy(List<String> groups)
      throws InterruptedException, ExecutionException {
    for (String group : groups) {
      if (isBusy(group)) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }

  private boolean isBusy(String group) throws InterruptedException, ExecutionException {
    KafkaFuture<ConsumerGroupDescription> asked =
        admin.describeConsumerGroups(List.of(group)).describedGroups().get(group);
    try {
      return asked != null && !asked.get().members().isEmpty();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof GroupIdNotFoundException) {
        return false;
      }
      throw failure;
    }
  }

  /** At the furthest that any of them has come to. */
  private void begin(List<String> others) throws InterruptedException, ExecutionException {
    Set<String> topics = to.streams().stream().map(StreamType::topic).collect(Collectors.toSet());
    Map<TopicPartition, Long> own = offsets(to.applicationId(), topics);
    Map<TopicPartition, Long> reached = new HashMap<>(own);
    for (String other : others) {
      offsets(other, topics)
          .forEach((partition, offset) -> reached.merge(partition, offset, Math::max));
    }
    if (reached.equals(own)) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    reached.forEach((partition, at) -> positions.put(partition, new OffsetAndMetadata(at)));
    admin.alterConsumerGroupOffsets(to.applicationId(), positions).all().get();
    LOG.warn(
        "streams {} are judged by the group {} from now on: it begins where {} stopped, with"
            + " nothing remembered of their keys since it judged them last",
        to.streams().stream().map(StreamType::name).toList(),
        to.applicationId(),
        others);
  }

  private Map<TopicPartition, Long> offsets(String group, Set<String> topics)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, Long> found = new HashMap<>();
    admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach(
            (partition, offset) -> {
              if (offset != null && topics.contains(partition.topic())) {
                found.put(partition, offset.offset());
              }
            });
    return found;
  }
}
