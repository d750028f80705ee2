package io.assay.web.sink;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where a consumer goes on, kept in the database so that rows and positions commit together. */
final class SinkOffsets {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private final String consumer;

  SinkOffsets(String consumer) {
    this.consumer = consumer;
  }

  /** The next offset of each partition; 0 where nothing was read yet. */
  Map<TopicPartition, Long> read(Connection connection, Iterable<TopicPartition> partitions)
      throws SQLException {
    List<TopicPartition> sorted = sorted(partitions);
    String sql =
        """
        INSERT INTO sink_offset (consumer, topic, partition, next_offset)
        SELECT ?, topic, partition, 0 FROM unnest(?::text[], ?::int[]) AS wanted (topic, partition)
        ON CONFLICT DO NOTHING""";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, consumer);
      statement.setArray(2, topics(connection, sorted));
      statement.setArray(3, numbers(connection, sorted));
      statement.executeUpdate();
    }
    Map<TopicPartition, Long> offsets = select(connection, sorted, "");
    connection.commit();
    return offsets;
  }

  /**
   * Locks the partitions' rows for this transaction and checks that nobody has gone on meanwhile.
   *
   * @throws Overtaken if another instance has written from there
   */
  void claim(Connection connection, Map<TopicPartition, Long> expected)
      throws SQLException, Overtaken {
    Map<TopicPartition, Long> stored =
        select(connection, sorted(expected.keySet()), " FOR UPDATE OF known");
    for (Map.Entry<TopicPartition, Long> each : expected.entrySet()) {
      Long found = stored.get(each.getKey());
      if (!each.getValue().equals(found)) {
        throw new Overtaken(each.getKey(), each.getValue(), found == null ? -1 : found);
      }
    }
  }

  /** Stores the new positions, and how many records of each partition were skipped. */
  void advance(
      Connection connection, Map<TopicPartition, Long> next, Map<TopicPartition, Long> skipped)
      throws SQLException {
    String sql =
        "UPDATE sink_offset SET next_offset = ?, skipped = skipped + ? WHERE consumer = ? AND topic = ? AND partition = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (TopicPartition partition : sorted(next.keySet())) {
        statement.setLong(1, next.getOrDefault(partition, 0L));
        statement.setLong(2, skipped.getOrDefault(partition, 0L));
        statement.setString(3, consumer);
        statement.setString(4, partition.topic());
        statement.setInt(5, partition.partition());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /**
   * Always in the same order, so that two instances wait for each other instead of dead-locking.
   */
  private Map<TopicPartition, Long> select(
      Connection connection, List<TopicPartition> sorted, String lock) throws SQLException {
    String sql =
        """
        SELECT known.topic, known.partition, known.next_offset
        FROM sink_offset AS known
        JOIN unnest(?::text[], ?::int[]) AS wanted (topic, partition)
          ON known.topic = wanted.topic AND known.partition = wanted.partition
        WHERE known.consumer = ?
        ORDER BY known.topic, known.partition"""
            + lock;
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, topics(connection, sorted));
      statement.setArray(2, numbers(connection, sorted));
      statement.setString(3, consumer);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          offsets.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3));
        }
      }
    }
    return offsets;
  }

  private static List<TopicPartition> sorted(Iterable<TopicPartition> partitions) {
    List<TopicPartition> sorted = new ArrayList<>();
    partitions.forEach(sorted::add);
    sorted.sort(ORDER);
    return sorted;
  }

  private static Array topics(Connection connection, List<TopicPartition> partitions)
      throws SQLException {
    return connection.createArrayOf(
        "text", partitions.stream().map(TopicPartition::topic).toArray());
  }

  private static Array numbers(Connection connection, List<TopicPartition> partitions)
      throws SQLException {
    return connection.createArrayOf(
        "int", partitions.stream().map(TopicPartition::partition).toArray());
  }

  /** Another instance has these partitions now; what was read here is dropped. */
  static final class Overtaken extends Exception {
    private static final long serialVersionUID = 1L;

    Overtaken(TopicPartition partition, long expected, long found) {
      super("%s was expected at %d, but stands at %d".formatted(partition, expected, found));
    }
  }
}
