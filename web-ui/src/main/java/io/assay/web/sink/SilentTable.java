package io.assay.web.sink;

import static io.assay.web.sink.PostgresText.clean;

import io.assay.stream.contract.SilentRecord;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Keeps which keys are silent now: what was told of a key last holds. */
final class SilentTable {
  private static final String SILENT =
      """
      INSERT INTO silent_key (project, assertion, stream, key, judgement_hash, opened, since, violation, episode,
        model_version)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (project, assertion, stream, md5(key)) DO UPDATE SET
        judgement_hash = excluded.judgement_hash, opened = excluded.opened, since = excluded.since,
        violation = excluded.violation, episode = excluded.episode, model_version = excluded.model_version\
      """;

  private static final String SPEAKS =
      "DELETE FROM silent_key WHERE project = ? AND assertion = ? AND stream = ? AND md5(key) ="
          + " md5(?)";

  private static final String TOLD =
      """
      INSERT INTO silence_told (project, assertion, judgement_hash) VALUES (?, ?, ?)
      ON CONFLICT DO NOTHING\
      """;

  private SilentTable() {}

  /**
   * What was told of a key.
   *
   * @param at when, by the clock of the broker
   */
  record Told(SilentRecord record, Instant at) {
    /** What the newest of which holds. */
    String of() {
      return new String(record.recordKey(), StandardCharsets.UTF_8);
    }
  }

  /** {@code told}: of each key the newest, in a fixed order of the keys. */
  static void write(Connection connection, Collection<Told> told) throws SQLException {
    if (told.isEmpty()) {
      return;
    }
    Map<String, SilentRecord> assertions = new TreeMap<>();
    try (PreparedStatement silent = connection.prepareStatement(SILENT);
        PreparedStatement speaks = connection.prepareStatement(SPEAKS)) {
      for (Told each : told) {
        SilentRecord record = each.record();
        assertions.putIfAbsent(
            String.join("/", record.project(), record.assertion(), record.judgementHash()), record);
        PreparedStatement statement = record.since() == null ? speaks : silent;
        statement.setString(1, clean(record.project()));
        statement.setString(2, clean(record.assertion()));
        statement.setString(3, clean(record.stream()));
        statement.setString(4, clean(record.key()));
        if (record.since() != null) {
          bind(statement, each, record.since());
        }
        statement.addBatch();
      }
      silent.executeBatch();
      speaks.executeBatch();
    }
    try (PreparedStatement statement = connection.prepareStatement(TOLD)) {
      for (SilentRecord record : assertions.values()) {
        statement.setString(1, clean(record.project()));
        statement.setString(2, clean(record.assertion()));
        statement.setString(3, clean(record.judgementHash()));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void bind(PreparedStatement statement, Told told, SilentRecord.Since since)
      throws SQLException {
    Instant began =
        told.at().minus(since.lasted(), ChronoUnit.NANOS).truncatedTo(ChronoUnit.MICROS);
    statement.setString(5, clean(told.record().judgementHash()));
    statement.setObject(6, Rows.instant(told.record().at()).atOffset(ZoneOffset.UTC));
    statement.setObject(7, began.atOffset(ZoneOffset.UTC));
    statement.setString(8, clean(since.violation()));
    statement.setString(9, clean(since.episode()));
    statement.setString(10, since.version() == null ? null : clean(since.version()));
  }
}
