package io.assay.web.sink;

import static io.assay.web.sink.PostgresText.clean;

import io.assay.stream.contract.HeaderNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps the counts of what was put aside, and of what could not be stored. */
final class CountTables {
  private static final int MOST_DETAIL = 500;

  /** How much of a record that could not be stored is kept, and of how many such a partition. */
  private static final int MOST_BYTES = 16 * 1024;

  private static final int MOST_SKIPPED = 100;

  private static final String DEAD_LETTER =
      """
      INSERT INTO dead_letter_count AS known (project, minute, stream, cause, events, last_detail)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (project, minute, stream, cause)
      DO UPDATE SET events = known.events + excluded.events, last_detail = excluded.last_detail\
      """;

  private static final String LATE =
      """
      INSERT INTO late_count AS known (project, minute, stream, reason, events)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (project, minute, stream, reason)
      DO UPDATE SET events = known.events + excluded.events\
      """;

  private static final String SKIPPED =
      """
      INSERT INTO sink_skipped (project, consumer, topic, partition, at_offset, reason, bytes, value)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING\
      """;

  private static final String FORGET =
      """
      DELETE FROM sink_skipped WHERE (consumer, topic, partition, at_offset) IN (
        SELECT consumer, topic, partition, at_offset FROM (
          SELECT *, row_number() OVER (PARTITION BY topic, partition ORDER BY at_offset DESC) AS age
          FROM sink_skipped WHERE consumer = ?) AS ranked
        WHERE age > ?)\
      """;

  private CountTables() {}

  static void writeDeadLetters(Connection connection, Map<Rows.AsideKey, Rows.Aside> letters)
      throws SQLException {
    if (letters.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(DEAD_LETTER)) {
      for (Map.Entry<Rows.AsideKey, Rows.Aside> each : letters.entrySet()) {
        bind(statement, each);
        statement.setString(6, clean(shortened(each.getValue().lastDetail())));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  static void writeLate(Connection connection, Map<Rows.AsideKey, Rows.Aside> late)
      throws SQLException {
    if (late.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(LATE)) {
      for (Map.Entry<Rows.AsideKey, Rows.Aside> each : late.entrySet()) {
        bind(statement, each);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** The latest of each partition are kept to be looked at; the offsets table counts them all. */
  static void writeSkipped(Connection connection, String consumer, Iterable<Rows.Skipped> skipped)
      throws SQLException {
    boolean any = false;
    try (PreparedStatement statement = connection.prepareStatement(SKIPPED)) {
      for (Rows.Skipped each : skipped) {
        ConsumerRecord<byte[], byte[]> source = each.source();
        byte[] value = source.value() == null ? new byte[0] : source.value();
        statement.setString(
            1, clean(shortened(HeaderNames.text(source.headers(), HeaderNames.PROJECT, ""))));
        statement.setString(2, consumer);
        statement.setString(3, source.topic());
        statement.setInt(4, source.partition());
        statement.setLong(5, source.offset());
        statement.setString(6, clean(shortened(each.reason())));
        statement.setInt(7, value.length);
        statement.setBytes(8, Arrays.copyOf(value, Math.min(value.length, MOST_BYTES)));
        statement.addBatch();
        any = true;
      }
      statement.executeBatch();
    }
    if (any) {
      try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
        statement.setString(1, consumer);
        statement.setInt(2, MOST_SKIPPED);
        statement.executeUpdate();
      }
    }
  }

  private static void bind(PreparedStatement statement, Map.Entry<Rows.AsideKey, Rows.Aside> aside)
      throws SQLException {
    Rows.AsideKey key = aside.getKey();
    statement.setString(1, clean(key.project()));
    statement.setObject(2, key.minute().atOffset(ZoneOffset.UTC));
    statement.setString(3, clean(key.stream()));
    statement.setString(4, clean(key.reason()));
    statement.setLong(5, aside.getValue().events());
  }

  private static String shortened(String text) {
    return text.length() <= MOST_DETAIL ? text : text.substring(0, MOST_DETAIL - 1) + '…';
  }
}
