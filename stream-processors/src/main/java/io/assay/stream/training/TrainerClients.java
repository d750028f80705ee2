package io.assay.stream.training;

import io.assay.stream.contract.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The trainer's clients, in Kafka's words. */
final class TrainerClients {
  private static final int TRANSACTION_MILLIS = 15_000;

  private TrainerClients() {}

  /** Of the lease. */
  static Map<String, Object> lease(TrainerSettings settings) {
    Map<String, Object> out = reading(settings);
    out.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
    out.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance());
    out.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    // Who joins does not take the lease, and the training, from who has it.
    out.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    // A process that is gone gives the lease to another after this.
    out.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    out.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    out.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    out.putAll(settings.clients());
    return out;
  }

  /** Without a group. */
  static Map<String, Object> reading(TrainerSettings settings) {
    Map<String, Object> out = new HashMap<>(settings.clients());
    out.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    out.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    out.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    out.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    out.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    out.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    out.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
    return out;
  }

  static Map<String, Object> publishing(TrainerSettings settings) {
    Map<String, Object> out = new HashMap<>(settings.clients());
    out.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    out.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    out.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId());
    out.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    out.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_OUTPUT);
    out.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000L);
    out.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    out.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    return out;
  }
}
