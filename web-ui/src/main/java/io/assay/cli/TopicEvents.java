package io.assay.cli;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import io.assay.web.backtests.TopicPayloads;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The records that stand in topics when the command begins; nothing is committed. */
final class TopicEvents implements PastEvents {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  /** An event further ahead of its arrival changes no verdict: it need not be found. */
  private static final long MOST_AHEAD_MILLIS = Duration.ofMinutes(5).toMillis();

  private final List<Recording> recordings = new ArrayList<>();
  private final List<TopicPayloads> open = new ArrayList<>();
  private final BrokerAccess access;
  private final String servers;
  private final PrintWriter err;

  private TopicEvents(BrokerAccess access, PrintWriter err) {
    this.access = access;
    this.servers = access.servers();
    this.err = err;
  }

  /**
   * @param topics as the command line has them: {@code [STREAM=]TOPIC}
   * @throws CommandFailure if a name fits no stream, or the broker does not have the topic
   */
  static TopicEvents open(
      CheckedRules rules,
      List<String> topics,
      BrokerAccess access,
      Extent extent,
      PrintWriter err) {
    var events = new TopicEvents(access, err);
    try {
      for (String argument : topics) {
        events.add(NamedStream.of(rules, "--topic", argument), extent);
      }
      return events;
    } catch (KafkaException e) {
      events.close();
      throw access.failed(e);
    } catch (RuntimeException e) {
      events.close();
      throw e;
    }
  }

  private void add(NamedStream topic, Extent extent) {
    var consumer = new KafkaConsumer<byte[], byte[]>(settings());
    boolean taken = false;
    try {
      List<TopicPartition> partitions = partitions(consumer, topic.what());
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, ANSWER_WITHIN);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_WITHIN);
      Map<TopicPartition, Long> from = from(consumer, begins, ends, extent);
      tellForgotten(begins, from);
      var payloads =
          new TopicPayloads(
              consumer,
              what -> CommandFailure.couldNotRun("the broker at %s %s".formatted(servers, what)),
              from,
              ends);
      taken = true;
      open.add(payloads);
      recordings.add(new Recording(topic.stream(), payloads));
    } finally {
      if (!taken) {
        consumer.close();
      }
    }
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    List<PartitionInfo> found = consumer.partitionsFor(topic, ANSWER_WITHIN);
    if (found == null || found.isEmpty()) {
      throw CommandFailure.couldNotRun(
          "the broker at %s has no topic '%s'".formatted(servers, topic));
    }
    return found.stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .toList();
  }

  private static Map<TopicPartition, Long> from(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> begins,
      Map<TopicPartition, Long> ends,
      Extent extent) {
    Map<TopicPartition, Long> from = new TreeMap<>(Comparator.comparingInt(p -> p.partition()));
    from.putAll(begins);
    long earliest = Math.floorDiv(extent.from(), 1_000_000L) - MOST_AHEAD_MILLIS;
    if (extent.from() == Long.MIN_VALUE || earliest < 0) {
      return from;
    }
    Map<TopicPartition, Long> times = new HashMap<>();
    begins.keySet().forEach(partition -> times.put(partition, earliest));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times, ANSWER_WITHIN);
    for (TopicPartition partition : begins.keySet()) {
      OffsetAndTimestamp first = found.get(partition);
      from.put(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
    }
    return from;
  }

  private void tellForgotten(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> from) {
    from.forEach(
        (partition, offset) -> {
          long begin = begins.getOrDefault(partition, 0L);
          if (begin > 0 && offset == begin) {
            err.printf("assay: %s no longer holds its first %,d records%n", partition, begin);
          }
        });
    err.flush();
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
    return access.with(settings);
  }

  @Override
  public List<Recording> recordings() {
    return recordings;
  }

  @Override
  public double progress() {
    long wanted = open.stream().mapToLong(TopicPayloads::wanted).sum();
    long read = open.stream().mapToLong(TopicPayloads::read).sum();
    return wanted == 0 ? -1 : (double) read / wanted;
  }

  @Override
  public void close() {
    open.forEach(TopicPayloads::close);
  }
}
