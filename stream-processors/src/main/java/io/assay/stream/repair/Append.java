package io.assay.stream.repair;

import io.assay.stream.contract.HeaderNames;
import io.assay.stream.repair.Round.Step;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Records go once more to the topics that they came from. */
final class Append {
  private final Map<String, Object> clients;

  Append(Map<String, Object> clients) {
    this.clients = clients;
  }

  List<Step> plan(List<Chosen> chosen) {
    Map<String, OptionalInt> partitions = new HashMap<>();
    try (Admin admin = Admin.create(clients)) {
      for (Chosen each : chosen) {
        partitions.computeIfAbsent(
            each.aside().source().topic(), topic -> partitions(admin, topic));
      }
    }
    return chosen.stream().map(each -> step(each, partitions)).toList();
  }

  private static OptionalInt partitions(Admin admin, String topic) {
    try {
      return OptionalInt.of(
          Objects.requireNonNull(
                  admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic), topic)
              .partitions()
              .size());
    } catch (ExecutionException problem) {
      if (problem.getCause() instanceof UnknownTopicOrPartitionException) {
        return OptionalInt.empty();
      }
      throw new KafkaException("the topic %s is not known".formatted(topic), problem.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  private static Step step(Chosen chosen, Map<String, OptionalInt> partitions) {
    PutAside aside = chosen.aside();
    String topic = aside.source().topic();
    Optional<String> lacking = ReplayPlan.lacking(aside, chosen.edited());
    OptionalInt known = partitions.getOrDefault(topic, OptionalInt.empty());
    if (lacking.isPresent()) {
      return Step.refused(chosen, lacking.get());
    }
    if (known.isEmpty()) {
      return Step.refused(chosen, "its topic '%s' does not exist".formatted(topic));
    }
    boolean there = aside.source().partition() < known.getAsInt();
    var record = record(chosen, there ? aside.source().partition() : null);
    return new Step(chosen, new ReplayPlan.Send(topic), List.of(record));
  }

  // Kafka's records take null for an absent partition, key or value.
  @SuppressWarnings("NullAway")
  private static ProducerRecord<byte[], byte[]> record(Chosen chosen, @Nullable Integer partition) {
    PutAside aside = chosen.aside();
    var headers = new RecordHeaders();
    for (Header header : aside.headers()) {
      if (!header.key().equals(HeaderNames.REPLAY_OF)) {
        headers.add(header);
      }
    }
    headers.add(HeaderNames.REPLAY_OF, aside.name().getBytes(StandardCharsets.UTF_8));
    byte[] value = chosen.edited() == null ? aside.value() : chosen.edited();
    return new ProducerRecord<>(
        aside.source().topic(), partition, null, aside.key(), value, headers);
  }
}
