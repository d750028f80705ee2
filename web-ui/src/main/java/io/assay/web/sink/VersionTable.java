package io.assay.web.sink;

import static io.assay.web.sink.PostgresText.clean;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/** Keeps when which version of a model was first named by an event, violated or not. */
final class VersionTable {
  /** What is known already is not touched: all sinks would wait for each other at its row. */
  private static final String NAMED =
      """
      INSERT INTO model_version_seen AS known (project, stream, version, first, last)
      SELECT g.project, g.stream, g.version, g.first, g.first
      FROM (SELECT ?::text AS project, ?::text AS stream, ?::text AS version, ?::timestamptz AS first) g
      WHERE NOT EXISTS (SELECT FROM model_version_seen k WHERE k.project = g.project AND k.stream = g.stream
        AND k.version = g.version AND date_trunc('minute', k.first, 'UTC') <= g.first)
      ON CONFLICT (project, stream, version)
      DO UPDATE SET first = least(known.first, excluded.first)\
      """;

  private VersionTable() {}

  /** A version of the model of a stream. */
  record Named(String project, String stream, String version) implements Comparable<Named> {
    private static final Comparator<Named> ORDER =
        Comparator.comparing(Named::project)
            .thenComparing(Named::stream)
            .thenComparing(Named::version);

    @Override
    public int compareTo(Named other) {
      return ORDER.compare(this, other);
    }
  }

  /** {@code first}: minutes, by version, in the order in which rows are taken. */
  static void write(Connection connection, Map<Named, Instant> first) throws SQLException {
    if (first.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(NAMED)) {
      for (Map.Entry<Named, Instant> one : first.entrySet()) {
        statement.setString(1, clean(one.getKey().project()));
        statement.setString(2, clean(one.getKey().stream()));
        statement.setString(3, clean(one.getKey().version()));
        statement.setString(4, one.getValue().toString());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
