package io.assay.web.sink;

import io.assay.stream.contract.Topics;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the sink reads, and under which name; the properties {@code assay.sink.*}.
 *
 * @param bootstrapServers of the Kafka cluster
 * @param prefix of our topics
 * @param consumer under this name the offsets are kept; instances of one name share the work
 * @param instance a name that an instance keeps over restarts, so that it gets its partitions back
 *     at once; null for none
 * @param maxRecords the most records of one transaction
 * @param evidence of how many violations of an hour the evidence is kept
 * @param kafka more settings of Kafka's client, security among them; those of {@code assay.kafka.*}
 */
public record SinkSettings(
    String bootstrapServers,
    @DefaultValue("assay") String prefix,
    @DefaultValue("sink") String consumer,
    @Nullable String instance,
    @DefaultValue("500") int maxRecords,
    @DefaultValue EvidenceBounds evidence,
    @DefaultValue Map<String, String> kafka) {

  public SinkSettings {
    kafka = Map.copyOf(kafka);
    requireText("bootstrap-servers", bootstrapServers);
    requireText("prefix", prefix);
    requireText("consumer", consumer);
    if (maxRecords < 1 || maxRecords > 5000) {
      throw new IllegalArgumentException(
          "assay.sink.max-records needs 1 to 5000, got " + maxRecords);
    }
  }

  /** The usual settings. */
  public static SinkSettings of(String bootstrapServers, String prefix) {
    return new SinkSettings(
        bootstrapServers, prefix, "sink", null, 500, EvidenceBounds.USUAL, Map.of());
  }

  public SinkSettings withInstance(String name) {
    return new SinkSettings(bootstrapServers, prefix, consumer, name, maxRecords, evidence, kafka);
  }

  public SinkSettings withKafka(Map<String, String> settings) {
    return new SinkSettings(
        bootstrapServers, prefix, consumer, instance, maxRecords, evidence, settings);
  }

  /** With other bounds of what is kept. */
  public SinkSettings withEvidence(EvidenceBounds bounds) {
    return new SinkSettings(
        bootstrapServers, prefix, consumer, instance, maxRecords, bounds, kafka);
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return "SinkSettings[%s, %s, %s, %s, %d, %s, %s]"
        .formatted(
            bootstrapServers, prefix, consumer, instance, maxRecords, evidence, kafka.keySet());
  }

  Topics names() {
    return new Topics(prefix);
  }

  List<String> topics() {
    Topics names = names();
    return List.of(
        names.violations(),
        names.counts(),
        names.deadLetters(),
        names.late(),
        names.stability(),
        names.figures(),
        names.imputers(),
        names.labels(),
        names.silent());
  }

  private static void requireText(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "assay.sink."
              + name
              + " needs a text, got "
              + (value == null ? "none" : "'" + value + "'"));
    }
  }
}
