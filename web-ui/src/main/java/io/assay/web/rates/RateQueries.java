package io.assay.web.rates;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Sums over a period, from the roll-ups alone, each range from the one that has a row of each of
 * its steps: two hundred assertions of a month are six thousand rows.
 */
@Repository
public class RateQueries {
  private static final String SUMS =
      "sum(seen) AS seen, sum(passed) AS passed, sum(judged) AS judged, sum(held) AS held,"
          + " sum(violated) AS violated, sum(undecided) AS undecided, sum(late) AS late";

  private final JdbcClient jdbc;

  RateQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The newest minute in which something was judged: an event from the future is in none; the begin
   * of a day where minutes are kept no more.
   */
  public Optional<Instant> newest(String project) {
    return jdbc.sql(
            """
            select coalesce(
              greatest(
                (select max(minute) from count_minute where project = ? and seen > 0),
                (select max(minute) from violation_minute where project = ? and violations > 0)),
              greatest(
                (select max(day) from count_day where project = ? and seen > 0),
                (select max(day) from violation_day where project = ? and violations > 0)))\
            """)
        .params(project, project, project, project)
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  /**
   * What was judged in each step of the period, by assertion; steps without anything are left out.
   */
  public List<Judged> judged(String project, Period period) {
    return judged(project, Optional.empty(), period);
  }

  /** Of some assertions. */
  public List<Judged> judged(String project, Collection<String> assertions, Period period) {
    return judged(project, Optional.of(assertions), period);
  }

  private List<Judged> judged(
      String project, Optional<Collection<String>> assertions, Period period) {
    return jdbc.sql(
            "SELECT assertion, stream, expectation, %s AS step, seen, passed, judged, held, violated,"
                    .formatted(period.range().column())
                + " undecided, late FROM "
                + from("count", period)
                + (assertions.isPresent() ? " AND assertion = ANY (?)" : ""))
        .params(parameters(project, assertions, period))
        .query(
            (row, number) ->
                new Judged(
                    row.getString("assertion"),
                    row.getString("stream"),
                    row.getString("expectation"),
                    step(row, period),
                    counted(row)))
        .list();
  }

  /** What fired in each step of the period. */
  public List<Fired> fired(String project, Period period) {
    return fired(project, Optional.empty(), period);
  }

  /** Of some assertions. */
  public List<Fired> fired(String project, Collection<String> assertions, Period period) {
    return fired(project, Optional.of(assertions), period);
  }

  private List<Fired> fired(
      String project, Optional<Collection<String>> assertions, Period period) {
    return jdbc.sql(
            "SELECT assertion, stream, level, mode, %s AS step, violations, worst FROM "
                    .formatted(period.range().column())
                + from("violation", period)
                + " AND violations > 0"
                + (assertions.isPresent() ? " AND assertion = ANY (?)" : "")
                + " ORDER BY step")
        .params(parameters(project, assertions, period))
        .query(
            (row, number) ->
                new Fired(
                    row.getString("assertion"),
                    row.getString("stream"),
                    Level.valueOf(row.getString("level")),
                    Mode.valueOf(row.getString("mode")),
                    step(row, period),
                    row.getLong("violations"),
                    row.getDouble("worst")))
        .list();
  }

  /**
   * When each of some assertions fired last, ever; one look into an index for each. The minute, or
   * the begin of the day where minutes are kept no more.
   */
  public Map<String, Instant> last(String project, List<String> assertions) {
    Map<String, Instant> found = new HashMap<>();
    jdbc.sql(
            """
            SELECT name, coalesce(
              (SELECT minute FROM violation_minute WHERE project = ? AND assertion = name
                AND violations > 0 ORDER BY minute DESC LIMIT 1),
              (SELECT max(day) FROM violation_day WHERE project = ? AND assertion = name
                AND violations > 0)) AS last
            FROM unnest(?::text[]) AS name\
            """)
        .params(project, project, assertions.toArray(String[]::new))
        .query(
            row -> {
              OffsetDateTime last = row.getObject("last", OffsetDateTime.class);
              if (last != null) {
                found.put(row.getString("name"), last.toInstant());
              }
            });
    return found;
  }

  /**
   * Versions of models that had appeared by the end of the period, the newest hundred, oldest
   * first.
   */
  public List<Version> versions(String project, Period period) {
    return jdbc.sql(
            "SELECT stream, version, first FROM model_version_seen WHERE project = ? AND first < ?"
                + " ORDER BY first DESC, stream LIMIT 100")
        .params(project, period.endTime())
        .query(
            (row, number) ->
                new Version(
                    row.getString("stream"),
                    row.getString("version"),
                    row.getObject("first", OffsetDateTime.class).toInstant()))
        .list()
        .reversed();
  }

  /**
   * Versions of the models of some streams that appeared from a time until another, oldest first.
   */
  public List<Version> versions(
      String project, Collection<String> streams, Instant from, Instant until) {
    return jdbc.sql(
            "SELECT stream, version, first FROM model_version_seen WHERE project = ?"
                + " AND stream = ANY (?) AND first >= ? AND first <= ?"
                + " ORDER BY first DESC, stream LIMIT 100")
        .params(
            project,
            streams.toArray(String[]::new),
            from.atOffset(ZoneOffset.UTC),
            until.atOffset(ZoneOffset.UTC))
        .query(
            (row, number) ->
                new Version(
                    row.getString("stream"),
                    row.getString("version"),
                    row.getObject("first", OffsetDateTime.class).toInstant()))
        .list()
        .reversed();
  }

  /**
   * What was judged of an assertion in the period, by the hour of the day of a zone, as {@code
   * 17:00}; {@code 17:30} in a zone that is half an hour off, since hours are of UTC.
   */
  public Map<String, Counted> byHourOfDay(
      String project, String assertion, Period period, ZoneId zone) {
    var found = new TreeMap<String, Counted>();
    jdbc.sql(
            "SELECT to_char(hour AT TIME ZONE ?, 'HH24:MI') AS of_day, %s FROM count_hour"
                    .formatted(SUMS)
                + " WHERE project = ? AND assertion = ? AND hour >= ? AND hour < ? GROUP BY of_day")
        .params(zone.getId(), project, assertion, period.startTime(), period.endTime())
        .query(
            row -> {
              found.put(row.getString("of_day"), counted(row));
            });
    return found;
  }

  /** Without steps: all of the period, by stream. */
  public Map<String, Counted> byStream(String project, Period period) {
    Map<String, Counted> found = new HashMap<>();
    jdbc.sql("SELECT stream, %s FROM %s GROUP BY stream".formatted(SUMS, from("count", period)))
        .params(project, period.startTime(), period.endTime())
        .query(
            row -> {
              found.put(row.getString("stream"), counted(row));
            });
    return found;
  }

  private static List<Object> parameters(
      String project, Optional<Collection<String>> assertions, Period period) {
    var all = new ArrayList<Object>();
    all.add(project);
    all.add(period.startTime());
    all.add(period.endTime());
    assertions.ifPresent(names -> all.add(names.toArray(String[]::new)));
    return all;
  }

  private static int step(ResultSet row, Period period) throws SQLException {
    return period.step(row.getObject("step", OffsetDateTime.class).toInstant());
  }

  /** A table, and of it the rows of a project, a start and an end. */
  private static String from(String of, Period period) {
    Range range = period.range();
    return "%s_%s WHERE project = ? AND %3$s%4$s >= ? AND %4$s < ?"
        .formatted(of, range.rollUp(), range.condition(), range.column());
  }

  private static Counted counted(ResultSet row) throws SQLException {
    return new Counted(
        row.getLong("seen"),
        row.getLong("passed"),
        row.getLong("judged"),
        row.getLong("held"),
        row.getLong("violated"),
        row.getLong("undecided"),
        row.getLong("late"));
  }

  /** What was judged of an expectation in one step. */
  public record Judged(
      String assertion, String stream, String expectation, int step, Counted counted) {}

  /** Violations of one step. */
  public record Fired(
      String assertion,
      String stream,
      Level level,
      Mode mode,
      int step,
      long violations,
      double worst) {}

  /** A version of a model, and when an event first named it. */
  public record Version(String stream, String version, Instant first) {}
}
