package io.assay.web.sink;

import static io.assay.web.sink.PostgresText.clean;

import io.assay.stream.contract.StabilityRecord;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Keeps what is known of releases of embeddings: of each pair the newest record. Sequences begin
 * anew where what processors remember was deleted; so does the release, at a later time.
 */
final class ReleaseTable {
  private static final String UPSERT =
      """
      INSERT INTO release_comparison AS known
        (project, embeddings, release, base, number, sequence, record, neighbourhoods)
      SELECT ?, ?, ?, ?, ?, ?, whole - 'neighbourhoods', NULLIF(whole -> 'neighbourhoods', 'null')
      FROM (SELECT ?::jsonb AS whole) AS told
      ON CONFLICT (project, embeddings, release, base)
      DO UPDATE SET number = excluded.number, sequence = excluded.sequence, record = excluded.record,
        neighbourhoods = excluded.neighbourhoods
      WHERE (COALESCE((known.record ->> 'openedMillis')::bigint, 0), known.sequence)
        < ((excluded.record ->> 'openedMillis')::bigint, excluded.sequence)\
      """;

  private ReleaseTable() {}

  static void write(Connection connection, Collection<StabilityRecord> records)
      throws SQLException {
    if (records.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      for (StabilityRecord record : records) {
        statement.setString(1, clean(record.project()));
        statement.setString(2, clean(record.embeddings()));
        statement.setString(3, clean(record.release()));
        statement.setString(4, clean(record.base()));
        statement.setLong(5, record.number());
        statement.setLong(6, record.sequence());
        statement.setString(7, new String(record.json(), StandardCharsets.UTF_8));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
