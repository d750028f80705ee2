package io.assay.web.alerts;

import io.assay.assertion.alert.LabelMatcher;
import io.assay.assertion.alert.Silence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Silences of projects; ended ones stay, for whoever asks why nobody was told. */
@Component
class SilenceStore {
  private final JdbcClient jdbc;

  SilenceStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A silence as it was written.
   *
   * @param endedBy who ended it before its time
   */
  record Stored(
      long id,
      Silence silence,
      String author,
      String comment,
      Instant created,
      Optional<String> endedBy) {}

  /** Those that are on, or will be. */
  List<Stored> current(String project, Instant now) {
    return jdbc.sql("SELECT * FROM alert_silence WHERE project = ? AND ends > ? ORDER BY id DESC")
        .params(project, now.atOffset(ZoneOffset.UTC))
        .query((row, number) -> stored(row))
        .list();
  }

  /** The same, newest first, before one. */
  List<Stored> current(String project, Instant now, long before, int most) {
    return jdbc.sql(
            "SELECT * FROM alert_silence WHERE project = ? AND ends > ? AND id < ?"
                + " ORDER BY id DESC LIMIT ?")
        .params(project, now.atOffset(ZoneOffset.UTC), before, most)
        .query((row, number) -> stored(row))
        .list();
  }

  /** All, newest first, before one. */
  List<Stored> all(String project, long before, int most) {
    return jdbc.sql(
            "SELECT * FROM alert_silence WHERE project = ? AND id < ? ORDER BY id DESC LIMIT ?")
        .params(project, before, most)
        .query((row, number) -> stored(row))
        .list();
  }

  Optional<Stored> one(String project, long id) {
    return jdbc.sql("SELECT * FROM alert_silence WHERE project = ? AND id = ?")
        .params(project, id)
        .query((row, number) -> stored(row))
        .optional();
  }

  long add(String project, Silence silence, String author, String comment, Instant now) {
    return jdbc.sql(
            "INSERT INTO alert_silence (project, matchers, starts, ends, author, comment, created)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id")
        .params(
            project,
            silence.matchers().stream().map(LabelMatcher::written).toArray(String[]::new),
            silence.starts().atOffset(ZoneOffset.UTC),
            silence.ends().atOffset(ZoneOffset.UTC),
            author,
            comment,
            now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  /** Whether it was on, or yet to come. */
  boolean end(String project, long id, String by, Instant now) {
    return jdbc.sql(
                "UPDATE alert_silence SET starts = least(starts, CAST(:now AS timestamptz) -"
                    + " interval '1 microsecond'), ends = :now, ended_by = :by WHERE project ="
                    + " :project AND id = :id AND ends > :now")
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("by", by)
            .param("project", project)
            .param("id", id)
            .update()
        > 0;
  }

  private static Stored stored(ResultSet row) throws SQLException {
    var silence =
        new Silence(
            AlertStore.texts(row, "matchers").stream().map(LabelMatcher::read).toList(),
            row.getObject("starts", OffsetDateTime.class).toInstant(),
            row.getObject("ends", OffsetDateTime.class).toInstant());
    return new Stored(
        row.getLong("id"),
        silence,
        row.getString("author"),
        row.getString("comment"),
        row.getObject("created", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString("ended_by")));
  }
}
