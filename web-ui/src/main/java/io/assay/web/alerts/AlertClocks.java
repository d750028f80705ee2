package io.assay.web.alerts;

import io.assay.assertion.alert.AlertRule;
import io.assay.assertion.alert.StreamClock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far the event time of each stream has come, as counts tell it. */
@Component
class AlertClocks {
  /**
   * The newest minute of each assertion's own; of a stream the newest of them; what was counted in
   * it by itself, lest all minutes be read to be joined.
   */
  private static final String NEWEST =
      """
      WITH newest AS (
        SELECT a.stream, max(c.minute) AS minute
        FROM unnest(:assertions::text[], :streams::text[]) AS a (assertion, stream)
        CROSS JOIN LATERAL (
          SELECT minute FROM count_minute
          WHERE project = :project AND assertion = a.assertion AND stream = a.stream AND seen > 0
          ORDER BY minute DESC LIMIT 1) c
        GROUP BY a.stream)
      SELECT n.stream, n.minute, c.counted
      FROM newest n CROSS JOIN LATERAL (
        SELECT coalesce(sum(seen), 0) AS counted FROM count_minute
        WHERE project = :project AND minute = n.minute AND stream = n.stream) c\
      """;

  /** What comes late changes no minute that is newer; a minute that is gone was deleted by hand. */
  private static final String KEEP =
      """
      INSERT INTO alert_clock AS known (project, stream, newest, counted, noticed, stirred)
      SELECT :project, n.stream, n.minute, n.counted, :now, :now
      FROM unnest(:streams::text[], :minutes::text[]::timestamptz[], :counted::bigint[]) AS n (stream, minute, counted)
      ON CONFLICT (project, stream) DO UPDATE SET
        newest = excluded.newest,
        counted = excluded.counted,
        noticed = CASE WHEN known.newest = excluded.newest THEN known.noticed ELSE excluded.noticed END,
        stirred = CASE WHEN known.newest = excluded.newest AND known.counted = excluded.counted
          THEN known.stirred ELSE excluded.stirred END
      RETURNING stream, newest, noticed, stirred\
      """;

  private final JdbcClient jdbc;

  AlertClocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Newest(String stream, OffsetDateTime minute, long counted) {}

  /** Notes how far streams have come; those of which nothing was ever counted have no clock. */
  Map<String, StreamClock> note(String project, Collection<AlertRule> rules, Instant now) {
    Map<String, String> streams = new TreeMap<>();
    rules.forEach(rule -> streams.put(rule.assertion().name(), rule.assertion().on().name()));
    List<Newest> newest =
        jdbc.sql(NEWEST)
            .param("project", project)
            .param("assertions", streams.keySet().toArray(String[]::new))
            .param("streams", streams.values().toArray(String[]::new))
            .query(
                (row, number) ->
                    new Newest(
                        row.getString("stream"),
                        row.getObject("minute", OffsetDateTime.class),
                        row.getLong("counted")))
            .list();
    Map<String, StreamClock> clocks = new HashMap<>();
    jdbc.sql(KEEP)
        .param("project", project)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("streams", newest.stream().map(Newest::stream).toArray(String[]::new))
        .param(
            "minutes", newest.stream().map(one -> one.minute().toString()).toArray(String[]::new))
        .param("counted", newest.stream().map(Newest::counted).toArray(Long[]::new))
        .query(
            row -> {
              Instant minute = row.getObject("newest", OffsetDateTime.class).toInstant();
              Instant noticed = row.getObject("noticed", OffsetDateTime.class).toInstant();
              Instant stirred = row.getObject("stirred", OffsetDateTime.class).toInstant();
              clocks.put(
                  row.getString("stream"),
                  new StreamClock(minute, minute.plus(passed(noticed, now)), passed(stirred, now)));
            });
    return clocks;
  }

  private static Duration passed(Instant since, Instant now) {
    return now.isAfter(since) ? Duration.between(since, now) : Duration.ZERO;
  }
}
