package io.assay.web.sink;

import static io.assay.web.sink.PostgresText.clean;

import io.assay.stream.contract.FiguresRecord;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;

/** Keeps what windows came to; what is estimated gives way to what is known, and never back. */
final class FigureTable {
  private static final String UPSERT =
      """
      INSERT INTO window_figures AS known
        (project, assertion, lines, segment, begins, ends, stream, open, figures)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
      ON CONFLICT (project, assertion, lines, segment, begins)
      DO UPDATE SET ends = excluded.ends, stream = excluded.stream, open = excluded.open,
        figures = excluded.figures
      WHERE known.open OR NOT excluded.open\
      """;

  private FigureTable() {}

  static void write(Connection connection, Collection<FiguresRecord> records) throws SQLException {
    if (records.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      for (FiguresRecord record : records) {
        statement.setString(1, clean(record.project()));
        statement.setString(2, clean(record.assertion()));
        statement.setString(3, clean(record.group()));
        statement.setString(4, clean(record.segment()));
        statement.setObject(5, at(record.startMillis()));
        statement.setObject(6, at(record.endMillis()));
        statement.setString(7, clean(record.stream()));
        statement.setBoolean(8, record.open());
        statement.setString(9, new String(record.json(), StandardCharsets.UTF_8));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static Object at(long millis) {
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
  }
}
