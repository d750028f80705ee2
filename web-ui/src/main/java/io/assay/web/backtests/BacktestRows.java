package io.assay.web.backtests;

import io.assay.web.backtests.BacktestRow.State;
import io.assay.web.system.TimePlace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Looks at backtests in the database, those of drafts and sweeps. */
final class BacktestRows {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String ROW =
      """
      select id, file, base, begins, ends, asked_by, asked, state, attempts, events, percent, ended,
        trouble, violations_in_force, violations_draft, sweep from backtest\
      """;

  private final JdbcClient jdbc;

  BacktestRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<BacktestRow> one(String project, String id) {
    return jdbc.sql(ROW + " where project = ? and id = ?")
        .params(project, id)
        .query((row, number) -> row(row))
        .optional();
  }

  /**
   * Those of drafts, the newest first.
   *
   * @param after the place of the last that the answer before had; empty: from the start
   */
  List<BacktestRow> newest(String project, Optional<TimePlace> after, int limit) {
    return newest("sweep is null", project, "", after, limit);
  }

  /**
   * Sweeps, the newest first.
   *
   * @param assertion of which; empty: of all
   */
  List<BacktestRow> sweeps(String project, String assertion, Optional<TimePlace> after, int limit) {
    return newest(
        "sweep is not null and (:assertion = '' or assertion = :assertion)",
        project,
        assertion,
        after,
        limit);
  }

  private List<BacktestRow> newest(
      String which, String project, String assertion, Optional<TimePlace> after, int limit) {
    String next = after.isEmpty() ? "" : " and (asked, id) < (:asked, :id)";
    return jdbc.sql(
            ROW
                + " where project = :project and "
                + which
                + next
                + " order by asked desc, id desc limit :limit")
        .param("project", project)
        .param("assertion", assertion)
        .param("asked", after.map(place -> place.at().atOffset(ZoneOffset.UTC)).orElse(null))
        .param("id", after.map(TimePlace::id).orElse(""))
        .param("limit", limit)
        .query((row, number) -> row(row))
        .list();
  }

  /** What came of one of a draft; none where nothing did. */
  Optional<BacktestResult> result(String project, String id) {
    return result(project, id, "sweep is null", BacktestResult.class);
  }

  /** What came of a sweep; none where nothing did. */
  Optional<SweepResult> swept(String project, String id) {
    return result(project, id, "sweep is not null", SweepResult.class);
  }

  private <T> Optional<T> result(String project, String id, String which, Class<T> kind) {
    return jdbc.sql(
            "select result from backtest where project = ? and id = ? and result is not null and "
                + which)
        .params(project, id)
        .query(String.class)
        .optional()
        .map(json -> JSON.readValue(json, kind));
  }

  private static BacktestRow row(ResultSet row) throws SQLException {
    @Nullable OffsetDateTime ended = row.getObject("ended", OffsetDateTime.class);
    return new BacktestRow(
        row.getString("id"),
        row.getString("file"),
        row.getLong("base"),
        instant(row, "begins"),
        instant(row, "ends"),
        row.getString("asked_by"),
        instant(row, "asked"),
        State.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getLong("events"),
        row.getInt("percent"),
        ended == null ? null : ended.toInstant(),
        row.getString("trouble"),
        row.getObject("violations_in_force", Long.class),
        row.getObject("violations_draft", Long.class),
        sweep(row).orElse(null));
  }

  /** The plan of a row of a sweep. */
  static Optional<SweepPlan> sweep(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getString("sweep"))
        .map(json -> JSON.readValue(json, SweepPlan.class));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
