package io.assay.web.access;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The record of changes, to be looked through. */
@Component
public class AuditLog {
  private final JdbcClient jdbc;

  AuditLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One change.
   *
   * @param id counts up; of two changes the later one has the higher
   */
  public record Line(
      long id, Instant at, String actor, String action, String subject, String detail) {}

  /**
   * Which changes.
   *
   * @param actor of whom; null for all
   * @param action as it is called, {@code member.added}; null for all
   * @param text somewhere in subject or detail, in either case of letters; null for any
   * @param since from then on; null for ever
   * @param until before then; null for no end
   */
  public record Wanted(
      @Nullable String actor,
      @Nullable String action,
      @Nullable String text,
      @Nullable Instant since,
      @Nullable Instant until) {
    public static final Wanted ALL = new Wanted(null, null, null, null, null);
  }

  /** The newest first; {@code before}: those that are older than the one with this id. */
  public List<Line> lines(String project, Wanted wanted, Optional<Long> before, int most) {
    List<String> conditions = new ArrayList<>(List.of("project = ?"));
    List<Object> parameters = new ArrayList<>(List.of(project));
    add(conditions, parameters, "actor = ?", wanted.actor());
    add(conditions, parameters, "action = ?", wanted.action());
    if (wanted.text() != null) {
      conditions.add("position(lower(?) in lower(subject || ' ' || detail)) > 0");
      parameters.add(wanted.text());
    }
    add(conditions, parameters, "at >= ?", time(wanted.since()));
    add(conditions, parameters, "at < ?", time(wanted.until()));
    add(conditions, parameters, "id < ?", before.orElse(null));
    parameters.add(most);
    return jdbc.sql(
            "select * from audit where %s order by id desc limit ?"
                .formatted(String.join(" and ", conditions)))
        .params(parameters)
        .query(
            (row, number) ->
                new Line(
                    row.getLong("id"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("actor"),
                    row.getString("action"),
                    row.getString("subject"),
                    row.getString("detail")))
        .list();
  }

  private static void add(
      List<String> conditions, List<Object> parameters, String condition, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      parameters.add(value);
    }
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  /** Whoever has changed something. */
  public List<String> actors(String project) {
    return distinct("actor", project);
  }

  /** What has been done. */
  public List<String> actions(String project) {
    return distinct("action", project);
  }

  private List<String> distinct(String column, String project) {
    return jdbc.sql(
            "select distinct %1$s from audit where project = ? order by %1$s".formatted(column))
        .param(project)
        .query(String.class)
        .list();
  }
}
