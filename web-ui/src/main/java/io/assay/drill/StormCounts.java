package io.assay.drill;

import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.postgresql.ds.PGSimpleDataSource;

/** How many violations each place knows of, and how much room they take. */
final class StormCounts {
  private static final Map<String, String> PLACES =
      Map.of(
          "count_minute", "SELECT sum(violated) FROM count_minute",
          "count_hour", "SELECT sum(violated) FROM count_hour",
          "violation_minute", "SELECT sum(violations) FROM violation_minute",
          "violation_hour", "SELECT sum(violations) FROM violation_hour",
          "episode", "SELECT sum(violations) FROM episode",
          "evidence_hour", "SELECT sum(violations) FROM evidence_hour",
          "ids that are known",
              """
              SELECT (SELECT count(*) FROM violation_counted) + (SELECT count(*) FROM violation v
                WHERE NOT EXISTS (SELECT FROM violation_counted c
                  WHERE c.project = v.project AND c.day = v.day AND c.id = v.id::uuid))\
              """);

  private final PGSimpleDataSource source = new PGSimpleDataSource();
  private final String brokers;

  StormCounts(Child servers) {
    source.setUrl(servers.said("database"));
    source.setUser(servers.said("user"));
    source.setPassword(servers.said("password"));
    this.brokers = servers.said("brokers");
  }

  /** What has arrived so far, in both of the tables that are asked most. */
  long arrived() {
    return number(
        "SELECT least((SELECT sum(violations) FROM violation_hour), (SELECT sum(violated) FROM"
            + " count_hour))");
  }

  /** Violations, by the place that knows of them. */
  Map<String, Long> counted() {
    Map<String, Long> all = new LinkedHashMap<>();
    all.put("assay.counts", inTopic());
    PLACES.forEach((place, sql) -> all.put(place, number(sql)));
    return all;
  }

  /** The figures are cumulative: of each key the highest sequence holds. */
  private long inTopic() {
    Map<String, CountRecord> latest = new HashMap<>();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            brokers,
            "isolation.level",
            "read_committed",
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class);
    try (var consumer = new KafkaConsumer<byte[], byte[]>(settings)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.standard().counts()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < Objects.requireNonNull(ends.get(one)))) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofSeconds(1))) {
          CountRecord count = CountRecord.read(each.value());
          latest.merge(
              new String(count.key(), StandardCharsets.UTF_8),
              count,
              (a, b) -> a.sequence() >= b.sequence() ? a : b);
        }
      }
    }
    return latest.values().stream().mapToLong(CountRecord::violated).sum();
  }

  /**
   * Episodes that show one without evidence though they have one with it, or none that is there.
   */
  long wrongEpisodes() {
    return number(
        """
        SELECT count(*) FROM episode e LEFT JOIN violation v
          ON v.project = e.project AND v.day = e.worst_day AND v.id = e.worst_id
        WHERE (e.counted < e.violations) <> (v.id IS NOT NULL)\
        """);
  }

  /** The figure of a query, 0 for null. */
  long number(String sql) {
    try (var connection = source.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
