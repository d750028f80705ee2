package io.assay.web.sink;

import static io.assay.web.sink.PostgresText.clean;

import io.assay.stream.contract.LabelRecord;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Keeps what people say of predictions, each saying once. */
final class LabelTable {
  private static final String INSERT =
      """
      INSERT INTO label (project, id, prediction, stream, verdict, fields, classes, looked, weight, said_by, source, at,
        matched)
      SELECT l.*, EXISTS (SELECT FROM violation v WHERE v.project = l.project AND v.prediction = l.prediction
        AND v.prediction <> '' AND (l.stream = '' OR v.stream = l.stream))
      FROM (VALUES (?, ?, ?, ?, ?, ?::json, ?, ?, ?::float8, ?, ?, ?::timestamptz)) AS l (project, id, prediction, stream,
        verdict, fields, classes, looked, weight, said_by, source, at)
      ON CONFLICT DO NOTHING\
      """;

  private LabelTable() {}

  static void write(Connection connection, List<LabelRecord> labels) throws SQLException {
    if (labels.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (LabelRecord label : labels) {
        statement.setString(1, clean(label.project()));
        statement.setString(2, clean(label.id()));
        statement.setString(3, clean(label.prediction()));
        statement.setString(4, clean(label.stream()));
        statement.setString(5, clean(label.verdict()));
        statement.setString(6, clean(label.fields().toString()));
        statement.setArray(7, texts(connection, label.classes()));
        statement.setArray(8, texts(connection, label.looked()));
        statement.setDouble(9, label.weight());
        statement.setString(10, clean(label.by()));
        statement.setString(11, clean(label.source()));
        statement.setObject(12, Instant.ofEpochMilli(label.atMillis()).atOffset(ZoneOffset.UTC));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static Array texts(Connection connection, List<String> texts) throws SQLException {
    return connection.createArrayOf(
        "text", texts.stream().map(PostgresText::clean).toArray(String[]::new));
  }
}
