package io.assay.web.rates;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
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
 * Sums over a period, from the roll-ups alone: by minute for short ranges, by hour for long ones,
 * so that two hundred assertions of a month are some ten thousand rows.
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

  /** The newest minute in which something was judged: an event from the future is in none. */
  public Optional<Instant> newest(String project) {
    return jdbc.sql(
            """
            select greatest(
              (select max(minute) from count_minute where project = ? and seen > 0),
              (select max(minute) from violation_minute where project = ? and violations > 0))\
            """)
        .params(project, project)
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
    String time = time(period);
    return jdbc.sql(
            "SELECT assertion, stream, expectation, %s AS step, %s FROM %s WHERE project = ?"
                    .formatted(step(time), SUMS, table("count", period))
                + " AND %1$s >= ? AND %1$s < ?".formatted(time)
                + (assertions.isPresent() ? " AND assertion = ANY (?)" : "")
                + " GROUP BY assertion, stream, expectation, step")
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
    String time = time(period);
    return jdbc.sql(
            "SELECT assertion, stream, level, mode, %s AS step, sum(violations) AS violations,"
                    .formatted(step(time))
                + " max(worst) AS worst FROM "
                + table("violation", period)
                + " WHERE project = ? AND %1$s >= ? AND %1$s < ? AND violations > 0".formatted(time)
                + (assertions.isPresent() ? " AND assertion = ANY (?)" : "")
                + " GROUP BY assertion, stream, level, mode, step ORDER BY step")
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

  /** When each of some assertions fired last, ever; one look into an index for each. */
  public Map<String, Instant> last(String project, List<String> assertions) {
    Map<String, Instant> found = new HashMap<>();
    jdbc.sql(
            """
            SELECT name, (SELECT minute FROM violation_minute WHERE project = ? AND assertion = name
              AND violations > 0 ORDER BY minute DESC LIMIT 1) AS last
            FROM unnest(?::text[]) AS name\
            """)
        .params(project, assertions.toArray(String[]::new))
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

  /** What was judged of an assertion in the period, by the hour of the day of a zone. */
  public Map<Integer, Counted> byHourOfDay(
      String project, String assertion, Period period, ZoneId zone) {
    var found = new TreeMap<Integer, Counted>();
    jdbc.sql(
            "SELECT extract(hour FROM hour AT TIME ZONE ?)::int AS of_day, %s FROM count_hour"
                    .formatted(SUMS)
                + " WHERE project = ? AND assertion = ? AND hour >= ? AND hour < ? GROUP BY of_day")
        .params(zone.getId(), project, assertion, period.startTime(), period.endTime())
        .query(
            row -> {
              found.put(row.getInt("of_day"), counted(row));
            });
    return found;
  }

  /** Without steps: all of the period, by stream. */
  public Map<String, Counted> byStream(String project, Period period) {
    Map<String, Counted> found = new HashMap<>();
    jdbc.sql(
            "SELECT stream, %1$s FROM %2$s WHERE project = ? AND %3$s >= ? AND %3$s < ? GROUP BY stream"
                .formatted(SUMS, table("count", period), time(period)))
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
    all.add(period.range().step().toSeconds() + " seconds");
    all.add(period.startTime());
    all.add(project);
    all.add(period.startTime());
    all.add(period.endTime());
    assertions.ifPresent(names -> all.add(names.toArray(String[]::new)));
    return all;
  }

  /** When the step begins: the arithmetic of whole steps is much faster than that of numbers. */
  private static String step(String time) {
    return "date_bin(?::interval, %s, ?)".formatted(time);
  }

  private static int step(ResultSet row, Period period) throws SQLException {
    return period.step(row.getObject("step", OffsetDateTime.class).toInstant());
  }

  private static String time(Period period) {
    return period.range().unit() == ChronoUnit.HOURS ? "hour" : "minute";
  }

  private static String table(String of, Period period) {
    return of + '_' + time(period);
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

  /** A version of a model, and when it was first seen in a violation. */
  public record Version(String stream, String version, Instant first) {}
}
