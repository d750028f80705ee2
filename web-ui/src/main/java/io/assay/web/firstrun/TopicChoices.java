package io.assay.web.firstrun;

import io.assay.stream.contract.Topics;
import io.assay.web.firstrun.EventSample.Raw;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Broker;
import io.assay.web.system.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The topics of the broker that a stream may be of, and their last records. */
@Component
class TopicChoices {
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private final Optional<Map<String, Object>> clients;
  private final Topics own;
  private final ActiveRules rules;

  TopicChoices(Environment environment, ActiveRules rules) {
    this.clients = Broker.clients(environment).map(TopicChoices::hasty);
    this.own = Broker.topics(environment);
    this.rules = rules;
  }

  private static Map<String, Object> hasty(Map<String, Object> given) {
    var settings = new HashMap<>(given);
    settings.put("default.api.timeout.ms", (int) WITHIN.toMillis());
    settings.put("request.timeout.ms", (int) WITHIN.toMillis() / 2);
    return settings;
  }

  /**
   * One topic.
   *
   * @param records about, that are there now
   * @param stream of this project that is of it; empty for none
   * @param read what else the project's rules read it for; empty for nothing
   */
  record Choice(String topic, int partitions, long records, String stream, String read) {}

  /**
   * Those that hold the most first.
   *
   * @throws Refused where the broker does not answer as needed
   */
  List<Choice> all(String project) {
    Map<String, Object> settings = settings();
    try (Admin admin = Admin.create(settings)) {
      List<String> names =
          admin.listTopics().names().get().stream()
              .filter(name -> !isOwn(name) && !isAnothers(project, name))
              .toList();
      Map<String, TopicDescription> topics = admin.describeTopics(names).allTopicNames().get();
      Map<TopicPartition, Long> records = records(admin, topics);
      return topics.entrySet().stream()
          .map(
              one ->
                  new Choice(
                      one.getKey(),
                      one.getValue().partitions().size(),
                      one.getValue().partitions().stream()
                          .mapToLong(
                              part ->
                                  records.getOrDefault(
                                      new TopicPartition(one.getKey(), part.partition()), 0L))
                          .sum(),
                      stream(project, one.getKey()),
                      read(project, one.getKey())))
          .sorted(
              Comparator.comparing(
                      (Choice choice) -> !choice.stream().isEmpty() || !choice.read().isEmpty())
                  .thenComparing(Comparator.comparingLong(Choice::records).reversed())
                  .thenComparing(Choice::topic))
          .toList();
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    } catch (ExecutionException failure) {
      throw refused(settings, Optional.ofNullable(failure.getCause()).orElse(failure));
    } catch (KafkaException failure) {
      throw refused(settings, failure);
    }
  }

  private Map<String, Object> settings() {
    return clients.orElseThrow(
        () ->
            new Refused(
                HttpStatus.SERVICE_UNAVAILABLE,
                "there is no broker to look at: start the web interface with "
                    + Broker.SERVERS
                    + " set to your Kafka servers"));
  }

  private static Refused refused(Map<String, Object> settings, Throwable failure) {
    return new Refused(Broker.status(failure), Broker.told(settings, failure));
  }

  /** A project's topics are those that its rules named first (ADR 34). */
  private boolean isAnothers(String project, String topic) {
    return rules.isNamed(topic)
        && rules.of(project).filter(known -> known.topics().contains(topic)).isEmpty();
  }

  /** Completed events too: what they were completed from is there to choose. */
  private boolean isOwn(String topic) {
    return own.owner(topic).isPresent() || topic.startsWith(own.prefix() + ".imputed.");
  }

  /** What else the rules read it for, as they name it. */
  private String read(String project, String topic) {
    return rules.of(project).stream()
        .flatMap(
            known ->
                Stream.concat(
                    known.truths().stream()
                        .filter(one -> one.truth().topic().equals(topic))
                        .map(
                            one ->
                                "truth %s of %s"
                                    .formatted(one.truth().name(), one.stream().name())),
                    known.declared().embeddings().stream()
                        .filter(one -> one.type().topic().equals(topic))
                        .map(one -> "embeddings " + one.type().name())))
        .findFirst()
        .orElse("");
  }

  private String stream(String project, String topic) {
    return rules.of(project).stream()
        .flatMap(known -> known.streams().stream())
        .filter(stream -> stream.topic().equals(topic))
        .map(stream -> stream.name())
        .findFirst()
        .orElse("");
  }

  private static Map<TopicPartition, Long> records(
      Admin admin, Map<String, TopicDescription> topics)
      throws InterruptedException, ExecutionException {
    List<TopicPartition> partitions = new ArrayList<>();
    topics.forEach(
        (name, topic) ->
            topic
                .partitions()
                .forEach(part -> partitions.add(new TopicPartition(name, part.partition()))));
    Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> begins =
        offsets(admin, partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> records = new HashMap<>();
    offsets(admin, partitions, OffsetSpec.latest())
        .forEach(
            (partition, end) -> {
              var begin = begins.get(partition);
              records.put(partition, end.offset() - (begin == null ? 0 : begin.offset()));
            });
    return records;
  }

  private static Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
      throws InterruptedException, ExecutionException {
    return admin
        .listOffsets(partitions.stream().collect(Collectors.toMap(one -> one, one -> spec)))
        .all()
        .get();
  }

  /**
   * The last records of a topic, in the order in which they were received.
   *
   * @param most about so many
   * @throws Refused where the broker does not answer as needed, or the topic is not one to look at
   */
  List<Found> last(String project, String topic, int most) {
    if (own.owner(topic).isPresent() || isAnothers(project, topic)) {
      throw Refused.bad("the topic '%s' is not of this project".formatted(topic));
    }
    Map<String, Object> settings = new HashMap<>(settings());
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", false);
    settings.put("allow.auto.create.topics", false);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic);
      if (partitions == null || partitions.isEmpty()) {
        throw Refused.bad("the broker has no topic '%s'".formatted(topic));
      }
      return last(
          consumer,
          partitions.stream().map(one -> new TopicPartition(topic, one.partition())).toList(),
          most);
    } catch (KafkaException failure) {
      throw refused(settings, failure);
    }
  }

  /**
   * How many may be read of each partition, so that about {@code most} are read: what one does not
   * have, as where few keys come, others may give.
   */
  static long each(Collection<Long> sizes, int most) {
    List<Long> sorted = sizes.stream().sorted().toList();
    long left = most;
    for (int i = 0; i < sorted.size(); i++) {
      long share = Math.max(1, left / (sorted.size() - i));
      if (sorted.get(i) > share) {
        return share;
      }
      left -= sorted.get(i);
    }
    return most;
  }

  /** A record with where it was. */
  record Found(Raw raw, int partition, long offset, long receivedMillis) {}

  private static List<Found> last(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, int most) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> sizes = new HashMap<>();
    partitions.forEach(
        one -> sizes.put(one, ends.getOrDefault(one, 0L) - begins.getOrDefault(one, 0L)));
    long each = each(sizes.values(), most);
    consumer.assign(partitions);
    partitions.forEach(
        one ->
            consumer.seek(
                one, Math.max(begins.getOrDefault(one, 0L), ends.getOrDefault(one, 0L) - each)));
    List<Found> found = new ArrayList<>();
    long until = System.nanoTime() + WITHIN.toNanos();
    while (System.nanoTime() < until
        && partitions.stream()
            .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        found.add(
            new Found(
                new Raw(record.key(), record.value()),
                record.partition(),
                record.offset(),
                record.timestamp()));
      }
    }
    found.sort(
        Comparator.comparingLong(Found::receivedMillis)
            .thenComparingInt(Found::partition)
            .thenComparingLong(Found::offset));
    return found;
  }
}
