package io.assay.stream.contract;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules' topic read from its beginning: every generation that is whole and not forgotten, of
 * all projects. Belongs to one thread.
 */
final class RuleLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RuleLog.class);

  private final TopicPartition partition;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, SortedMap<Long, byte[]>> whole = new HashMap<>();
  private final Map<RuleChunk, byte[]> parts = new HashMap<>();

  /** {@code clients}: settings of Kafka's clients, the bootstrap servers among them. */
  RuleLog(Map<String, ?> clients, Topics topics) {
    this.partition = new TopicPartition(topics.rules(), 0);
    this.consumer =
        new KafkaConsumer<>(
            consumer(clients), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  static Map<String, Object> consumer(Map<String, ?> clients) {
    var out = new HashMap<String, Object>(clients);
    out.keySet().removeIf(name -> name.startsWith("group.") || name.startsWith("transactional."));
    out.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    out.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // What was asked for and is gone has been compacted: the beginning has all there is.
    out.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    out.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    out.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    return out;
  }

  /**
   * Reads on for at most so long.
   *
   * @param to is told of the generations that became whole, all at once and in order, and of those
   *     that are forgotten
   */
  void poll(Duration atMost, RuleListener to) {
    List<RuleSet> came = new ArrayList<>();
    List<RuleChunk> gone = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
      Optional<RuleChunk> chunk =
          record.key() == null ? Optional.empty() : RuleChunk.of(record.key());
      if (chunk.isPresent() && record.value() == null) {
        forget(chunk.get(), gone);
      } else if (chunk.isPresent()) {
        add(chunk.get(), record, came);
      }
    }
    if (!came.isEmpty()) {
      to.came(came);
    }
    gone.forEach(chunk -> to.forgotten(chunk.project(), chunk.generation()));
  }

  private void forget(RuleChunk chunk, List<RuleChunk> gone) {
    parts.remove(chunk);
    SortedMap<Long, byte[]> known = whole.get(chunk.project());
    if (known != null && known.remove(chunk.generation()) != null) {
      gone.add(chunk);
    }
  }

  private void add(RuleChunk chunk, ConsumerRecord<byte[], byte[]> record, List<RuleSet> came) {
    parts.put(chunk, record.value());
    join(chunk, record)
        .ifPresent(
            bytes -> {
              try {
                RuleSet set = RuleBytes.read(bytes);
                whole
                    .computeIfAbsent(set.project(), project -> new TreeMap<>())
                    .put(set.generation(), bytes);
                came.add(set);
              } catch (IllegalArgumentException broken) {
                LOG.warn(
                    "generation {} of the rules of project '{}' is passed over",
                    chunk.generation(),
                    chunk.project(),
                    broken);
              }
            });
  }

  /** All chunks, once there are all. */
  private Optional<byte[]> join(RuleChunk last, ConsumerRecord<byte[], byte[]> record) {
    int chunks = RuleChunk.chunks(record);
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < chunks; i++) {
      byte[] part = parts.get(new RuleChunk(last.project(), last.generation(), i));
      if (part == null) {
        return Optional.empty();
      }
      bytes.writeBytes(part);
    }
    byte[] all = bytes.toByteArray();
    if (!RuleChunk.isWhole(record, all)) {
      return Optional.empty();
    }
    for (int i = 0; i < chunks; i++) {
      parts.remove(new RuleChunk(last.project(), last.generation(), i));
    }
    return Optional.of(all);
  }

  /** The newest of a project. */
  Optional<RuleSet> newest(String project) {
    SortedMap<Long, byte[]> known = whole.get(project);
    return known == null || known.isEmpty()
        ? Optional.empty()
        : Optional.of(RuleBytes.read(Objects.requireNonNull(known.get(known.lastKey()))));
  }

  Optional<RuleSet> of(String project, long generation) {
    byte[] bytes = whole.getOrDefault(project, new TreeMap<>()).get(generation);
    return bytes == null ? Optional.empty() : Optional.of(RuleBytes.read(bytes));
  }

  /** Those of a project that are not forgotten, in order. */
  List<Long> generations(String project) {
    return List.copyOf(whole.getOrDefault(project, new TreeMap<>()).keySet());
  }

  /** How many records a generation has. */
  int chunks(String project, long generation) {
    byte[] bytes = whole.getOrDefault(project, new TreeMap<>()).get(generation);
    return bytes == null ? 0 : RuleChunk.count(bytes);
  }

  /** Up to where it has been read: what was committed before is known. */
  long position() {
    return consumer.position(partition);
  }

  /** Where it ends for readers of what is committed. */
  long end() {
    return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  /** Ends a read from another thread. */
  void wakeup() {
    consumer.wakeup();
  }

  TopicPartition partition() {
    return partition;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
