package io.assay.stream.app;

import io.assay.stream.contract.Erasing;
import io.assay.stream.contract.Topics;
import io.assay.stream.training.TrainerSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** Our settings in Kafka's words. */
final class KafkaSettings {
  /** State of a key, in the changelog; far above what the engine keeps of one. */
  private static final int LARGEST_INTERNAL = Topics.LARGEST_INTERNAL;

  private KafkaSettings() {}

  /** Of any client. */
  static Map<String, Object> clients(ProcessorSettings settings) {
    var clients = new HashMap<String, Object>(settings.kafka());
    clients.put("bootstrap.servers", settings.bootstrapServers());
    return clients;
  }

  static Map<String, Object> admin(ProcessorSettings settings) {
    var admin = new HashMap<String, Object>(settings.kafka());
    admin.put("bootstrap.servers", settings.bootstrapServers());
    // A broker that is away is looked for again; it must not hold a stop up.
    admin.putIfAbsent("request.timeout.ms", "3000");
    // Never less than one request may take, or the client is refused.
    admin.putIfAbsent("default.api.timeout.ms", atLeast(5000, admin.get("request.timeout.ms")));
    // Each look has a client of its own; one that starts over within a look spins without a broker.
    admin.putIfAbsent("metadata.recovery.strategy", "none");
    return admin;
  }

  private static String atLeast(int millis, @Nullable Object wanted) {
    try {
      return Integer.toString(Math.max(millis, Integer.parseInt(String.valueOf(wanted))));
    } catch (NumberFormatException refusedByTheClient) {
      return Integer.toString(millis);
    }
  }

  /** Of the consumer that writes the archive. */
  static Map<String, Object> archive(ProcessorSettings settings, String instance) {
    var out = new HashMap<String, Object>();
    out.put(ConsumerConfig.GROUP_ID_CONFIG, settings.archiveGroup());
    out.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
    out.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    out.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    out.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    out.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    out.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Where to begin is always told; a position that the topic has lost is looked for anew.
    out.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    out.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    out.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    out.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    out.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    // A topic that is made later is seen soon.
    out.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    out.putAll(settings.kafka());
    out.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return out;
  }

  /** Of whoever trains imputers. */
  static TrainerSettings training(ProcessorSettings settings, String instance, Erasing erasing) {
    return new TrainerSettings(
        settings.project(),
        settings.topics(),
        instance,
        clients(settings),
        TrainerSettings.DEFAULT_MOST_TRAINING,
        erasing);
  }

  static Properties streams(ProcessorSettings settings, String applicationId, String instance) {
    var out = new Properties();
    out.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    out.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateFolder().toString());
    out.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    out.put(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        settings.exactlyOnce() ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
    out.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    out.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
    out.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitEvery().toMillis());
    out.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    out.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 64L << 20);
    out.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 10_000);
    out.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    consumer(out, instance);
    producer(out);
    out.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(LARGEST_INTERNAL));
    out.putAll(settings.kafka());
    // What is made, judged and looked at is on the same brokers.
    out.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return out;
  }

  private static void consumer(Properties out, String instance) {
    // What was in the topic before the first start is judged too.
    out.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    out.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 5_000);
    // A producer's aborted transaction never happened, whatever our own guarantee is.
    out.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
    // A known member that comes back takes its tasks at once; others wait for it this long.
    // Each thread is a member of its own: Kafka Streams adds its number.
    out.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
    out.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
    out.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
  }

  private static void producer(Properties out) {
    out.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 * 1024);
    // Commits come often and send what waits; a longer linger would only add to the latency.
    out.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    out.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 64L << 20);
    out.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LARGEST_INTERNAL);
  }
}
