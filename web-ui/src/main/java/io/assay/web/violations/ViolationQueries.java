package io.assay.web.violations;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.web.system.Moment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads violations of a project, newest first, by key and never by offset. */
@Repository
class ViolationQueries {
  private static final String COLUMNS =
      "day, id, assertion, expectation, stream, key, subject, label, span_from, span_to, at,"
          + " severity, level, mode, sentence, model_version, origin, trace";

  private final JdbcClient jdbc;

  ViolationQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The newest before a place, or from the start; one more than asked for tells of a next page. */
  List<ViolationRow> older(
      String project, ViolationFilter filter, Optional<Cursor> than, int limit, boolean clear) {
    Conditions where = conditions(project, filter, clear);
    than.ifPresent(
        cursor ->
            where.add(
                "(at < ? or (at = ? and id > ?))",
                time(cursor.at()),
                time(cursor.at()),
                cursor.id()));
    return rows(where, "at desc, id", limit, clear);
  }

  /** The nearest after a place, newest first. */
  List<ViolationRow> newer(
      String project, ViolationFilter filter, Cursor than, int limit, boolean clear) {
    Conditions where = conditions(project, filter, clear);
    where.add("(at > ? or (at = ? and id < ?))", time(than.at()), time(than.at()), than.id());
    return rows(where, "at, id desc", limit, clear).reversed();
  }

  Optional<StoredViolation> one(String project, LocalDate day, String id, boolean clear) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + ", judgement_hash, received, evidence::text as evidence"
                + " from violation where project = ? and day = ? and id = ?")
        .params(project, day, id)
        .query(
            (result, number) ->
                new StoredViolation(
                    row(result, clear),
                    result.getString("judgement_hash"),
                    moment(result, "received"),
                    result.getString("evidence")))
        .optional();
  }

  /** The day of a violation of which the id is known, and about when it was. */
  Optional<LocalDate> day(String project, String id, LocalDate from, LocalDate to) {
    return jdbc.sql(
            "select day from violation where project = ? and id = ? and day between ? and ?"
                + " order by day desc limit 1")
        .params(project, id, from, to)
        .query(LocalDate.class)
        .optional();
  }

  /** What the filters offer to choose from. */
  List<String> known(String project, Choice choice) {
    return jdbc.sql(
            "select distinct " + choice + " from violation_minute where project = ? order by 1")
        .param(project)
        .query(String.class)
        .list();
  }

  /** A column of few values. */
  enum Choice {
    assertion,
    stream
  }

  private List<ViolationRow> rows(Conditions where, String order, int limit, boolean clear) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from violation where "
                + where.sql()
                + " order by "
                + order
                + " limit "
                + limit)
        .params(where.values())
        .query((result, number) -> row(result, clear))
        .list();
  }

  private static Conditions conditions(String project, ViolationFilter filter, boolean clear) {
    var where = new Conditions();
    where.add("project = ?", project);
    filter.assertion().ifPresent(value -> where.add("assertion = ?", value));
    filter.stream().ifPresent(value -> where.add("stream = ?", value));
    filter.level().ifPresent(value -> where.add("level = ?", value.name()));
    filter.key().ifPresent(value -> where.add("key = ?", value));
    filter.severity().ifPresent(value -> where.add("severity >= ?", value));
    // The day besides the time lets PostgreSQL leave out whole partitions.
    filter.from().ifPresent(value -> where.add("at >= ? and day >= ?", time(value), day(value)));
    filter.to().ifPresent(value -> where.add("at < ? and day <= ?", time(value), day(value)));
    // Nobody finds by search what is masked for them.
    String sentence =
        clear
            ? "replace(sentence, U&'\\2063', '')"
            : "regexp_replace(sentence, U&'\\2063[^\\2063]*\\2063', '', 'g')";
    filter
        .text()
        .ifPresent(value -> where.add("position(lower(?) in lower(" + sentence + ")) > 0", value));
    return where;
  }

  private static ViolationRow row(ResultSet result, boolean clear) throws SQLException {
    String version = result.getString("model_version");
    return new ViolationRow(
            result.getObject("day", LocalDate.class),
            result.getString("id"),
            result.getString("assertion"),
            result.getString("expectation"),
            result.getString("stream"),
            result.getString("key"),
            result.getString("subject"),
            result.getString("label"),
            moment(result, "span_from"),
            moment(result, "span_to"),
            moment(result, "at"),
            result.getDouble("severity"),
            Level.valueOf(result.getString("level")),
            Mode.valueOf(result.getString("mode")),
            result.getString("sentence"),
            version == null ? "" : version,
            result.getString("origin"),
            Objects.requireNonNullElse(result.getString("trace"), ""))
        .masked(clear);
  }

  private static Moment moment(ResultSet result, String column) throws SQLException {
    return new Moment(result.getObject(column, OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  /** What all must hold, with the values in order. */
  private static final class Conditions {
    private final List<String> parts = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    void add(String part, Object... given) {
      parts.add(part);
      values.addAll(List.of(given));
    }

    String sql() {
      return String.join(" and ", parts);
    }

    List<Object> values() {
      return values;
    }
  }
}
