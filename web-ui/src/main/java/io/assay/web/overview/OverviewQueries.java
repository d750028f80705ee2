package io.assay.web.overview;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the overview shows beside rates: how events come, what was put aside, what is to be done.
 */
@Repository
class OverviewQueries {
  private final JdbcClient jdbc;

  OverviewQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Events by stream and minute since a time: what the assertion that saw most has seen. */
  List<Seen> seen(String project, Instant since) {
    return jdbc.sql(
            """
            select stream, minute, max(seen) as seen from (
              select stream, minute, assertion, expectation, sum(seen) as seen
              from count_minute where project = ? and minute >= ?
              group by stream, minute, assertion, expectation) each
            where seen > 0 group by stream, minute order by minute\
            """)
        .params(project, time(since))
        .query(
            (row, number) ->
                new Seen(
                    row.getString("stream"),
                    row.getObject("minute", OffsetDateTime.class).toInstant(),
                    row.getLong("seen")))
        .list();
  }

  List<PutAside> late(String project, Instant since) {
    return putAside("late_count", "reason", project, since);
  }

  List<PutAside> deadLetters(String project, Instant since) {
    return putAside("dead_letter_count", "cause", project, since);
  }

  private List<PutAside> putAside(String table, String why, String project, Instant since) {
    return jdbc.sql(
            "select stream, %s as why, sum(events) as events from %s where project = ?"
                    .formatted(why, table)
                + " and minute >= ? group by stream, why order by events desc")
        .params(project, time(since))
        .query(
            (row, number) ->
                new PutAside(row.getString("stream"), row.getString("why"), row.getLong("events")))
        .list();
  }

  /** How many alerts fire, by the assertion that they are of. */
  Map<String, Long> firing(String project) {
    Map<String, Long> found = new HashMap<>();
    jdbc.sql(
            "select assertion, count(*) as alerts from alert where project = ? and phase = 'FIRING'"
                + " group by assertion")
        .param(project)
        .query(
            row -> {
              found.put(row.getString("assertion"), row.getLong("alerts"));
            });
    return found;
  }

  /** The open round's items of each stream, and how many of them are done. */
  List<Labels> labels(String project) {
    return jdbc.sql(
            """
            select i.stream, i.round, count(*) as items,
              count(*) filter (where i.status in ('AGREED', 'SETTLED')) as done
            from label_round r join label_item i on i.project = r.project and i.round = r.number
            where r.project = ? and r.closed is null group by i.stream, i.round\
            """)
        .param(project)
        .query(
            (row, number) ->
                new Labels(
                    row.getString("stream"),
                    row.getLong("round"),
                    row.getLong("items"),
                    row.getLong("done")))
        .list();
  }

  /** The newest release of some embeddings. */
  Optional<Release> release(String project, String embeddings) {
    return jdbc.sql(
            """
            select release, record ->> 'status' as status from release_comparison
            where project = ? and embeddings = ? and base = '' order by number desc limit 1\
            """)
        .params(project, embeddings)
        .query(
            (row, number) ->
                new Release(
                    embeddings, row.getString("release"), String.valueOf(row.getString("status"))))
        .optional();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Events of a minute. */
  record Seen(String stream, Instant minute, long events) {}

  /** Events that were not judged, and why. */
  record PutAside(String stream, String why, long events) {}

  /** Items of a round that people are to look at. */
  record Labels(String stream, long round, long items, long done) {}

  /** A release of embeddings, and how it stands. */
  record Release(String embeddings, String name, String status) {}
}
