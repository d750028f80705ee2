package io.assay.web.pipeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the database knows of the flow of events. */
@Repository
class PipelineQueries {
  /** So many violations tell how long things take. */
  private static final int MOST_TIMED = 5000;

  /** What the assertion that saw most of a minute has seen; a stream has one at least. */
  private static final String EVENTS =
      """
      SELECT stream, sum(seen)::bigint AS events FROM (
        SELECT stream, minute, max(seen) AS seen FROM (
          SELECT stream, minute, assertion, expectation, sum(seen) AS seen FROM count_minute
          WHERE project = ? AND minute >= ? AND minute < ?
          GROUP BY stream, minute, assertion, expectation) each
        GROUP BY stream, minute) minutes
      GROUP BY stream ORDER BY stream\
      """;

  private static final String TIMES =
      """
      SELECT stream, count(*) AS violations,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median,
        percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds) AS slow
      FROM (
        SELECT stream, extract(epoch FROM received - at) AS seconds FROM violation
        WHERE project = ? AND at >= ? AND at <= ? AND origin = 'live' ORDER BY at DESC LIMIT ?) newest
      GROUP BY stream\
      """;

  private final JdbcClient jdbc;

  PipelineQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Events of each stream with event times from one minute to another. */
  Map<String, Long> events(String project, Instant from, Instant to) {
    return sums(EVENTS, "events", project, time(from), time(to));
  }

  /** Events that each assertion saw, likewise; of its `expect` lines and partitions together. */
  Map<String, Long> seen(String project, Instant from, Instant to) {
    return sums(
        """
        SELECT assertion AS stream, max(seen)::bigint AS events FROM (
          SELECT assertion, expectation, sum(seen) AS seen FROM count_minute
          WHERE project = ? AND minute >= ? AND minute < ? GROUP BY assertion, expectation) each
        GROUP BY assertion\
        """,
        "events",
        project,
        time(from),
        time(to));
  }

  Map<String, Long> putAside(String project, Instant since) {
    return sums(
        "SELECT stream, sum(events)::bigint AS events FROM dead_letter_count"
            + " WHERE project = ? AND minute >= ? GROUP BY stream",
        "events",
        project,
        time(since));
  }

  Map<String, Long> late(String project, Instant since) {
    return sums(
        "SELECT stream, sum(events)::bigint AS events FROM late_count"
            + " WHERE project = ? AND minute >= ? GROUP BY stream",
        "events",
        project,
        time(since));
  }

  private Map<String, Long> sums(String sql, String column, Object... parameters) {
    Map<String, Long> found = new HashMap<>();
    jdbc.sql(sql)
        .params(parameters)
        .query(
            row -> {
              found.put(row.getString("stream"), row.getLong(column));
            });
    return found;
  }

  /**
   * How long it took from an event's own time until its violation was stored, of the newest ones.
   *
   * @param violations of which this was taken
   */
  record Times(String stream, long violations, Duration median, Duration slow) {}

  Map<String, Times> times(String project, Instant from, Instant to) {
    Map<String, Times> found = new HashMap<>();
    jdbc.sql(TIMES)
        .params(project, time(from), time(to), MOST_TIMED)
        .query(
            row -> {
              found.put(
                  row.getString("stream"),
                  new Times(
                      row.getString("stream"),
                      row.getLong("violations"),
                      seconds(row, "median"),
                      seconds(row, "slow")));
            });
    return found;
  }

  private static Duration seconds(ResultSet row, String column) throws SQLException {
    return Duration.ofMillis(Math.round(row.getDouble(column) * 1000));
  }

  /** Up to where a sink has stored, and what it could not. */
  record Stored(TopicPartition partition, long next, long skipped) {}

  List<Stored> stored(String consumer) {
    return jdbc.sql(
            "SELECT topic, partition, next_offset, skipped FROM sink_offset WHERE consumer = ?"
                + " ORDER BY topic, partition")
        .param(consumer)
        .query(
            (row, number) ->
                new Stored(
                    new TopicPartition(row.getString("topic"), row.getInt("partition")),
                    row.getLong("next_offset"),
                    row.getLong("skipped")))
        .list();
  }

  /** Who may do at the moment what only one does at a time. */
  record Lease(String name, String holder, Instant until) {}

  List<Lease> leases() {
    return jdbc.sql("SELECT name, holder, until FROM alert_lease WHERE until > now() ORDER BY name")
        .query(
            (row, number) ->
                new Lease(
                    row.getString("name"),
                    row.getString("holder"),
                    row.getObject("until", OffsetDateTime.class).toInstant()))
        .list();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
