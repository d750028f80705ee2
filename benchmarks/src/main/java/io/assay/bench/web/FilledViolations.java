package io.assay.bench.web;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Episodes and their violations, as the sink would have left them: few assertions have most of
 * them, and most are mild.
 */
@SuppressWarnings("InlineFormatString") // Long texts of SQL stand apart from what runs them.
final class FilledViolations {
  private static final String ASSERTIONS =
      """
      CREATE TABLE bench_assertion AS SELECT i AS number, format('rule_%%s', lpad(i::text, 4, '0')) AS name,
        (ARRAY['camera', 'lidar', 'loans', 'ranking'])[1 + i %% 4] AS stream,
        CASE WHEN i %% 5 = 0 THEN 'CRITICAL' WHEN i %% 5 < 3 THEN 'WARNING' ELSE 'INFO' END AS level,
        CASE WHEN i %% 10 = 9 THEN 'SHADOW' ELSE 'ACTIVE' END AS mode
      FROM generate_series(0, %d - 1) i\
      """;

  /** Up to twenty minutes long; the first of an episode's violations is its worst. */
  private static final String EPISODES =
      """
      INSERT INTO episode (project, id, assertion, judgement_hash, stream, key, subject, label, level, mode,
        model_version, opened, lasts, began, ended, violations, worst, worst_day, worst_id, confidence)
      SELECT 'default', id, a.name, md5(a.name), a.stream, 'key-' || key, 't' || key %% 40, 'track t' || key %% 40,
        a.level, a.mode, 'release-' || (extract(epoch FROM at - %2$s) / 432000)::int, at, least(at + lasting, now()), at,
        least(at + lasting, now()), n, worst, (at AT TIME ZONE 'UTC')::date, id, confidence
      FROM (
        SELECT md5('episode ' || i) AS id, floor(%3$d * random() ^ 2.5)::int AS number,
          floor(5000 * random())::int AS key, date_trunc('microseconds', %2$s + random() * (now() - %2$s)) AS at,
          random() ^ 3 * interval '20 minutes' AS lasting, 1 + floor(random() * %4$d)::int AS n,
          0.01 - 2 * ln(1 - random()) AS worst, random() AS confidence
        FROM generate_series(1, %1$d) i) e JOIN bench_assertion a USING (number)\
      """;

  private static final String VIOLATIONS =
      """
      INSERT INTO %1$s (project, day, id, assertion, expectation, judgement_hash, stream, key, subject, label,
        span_from, span_to, at, severity, level, mode, sentence, model_version, origin, episode, confidence, prediction,
        evidence)
      SELECT 'default', DATE '%2$s', v.id, assertion, '0', judgement_hash, stream, key, subject, label, v.at, v.at, v.at,
        v.severity, level, mode, v.sentence, model_version, 'live', e.id, confidence, v.prediction,
        ('{"id":"' || v.id || '","project":"default","assertion":"' || assertion || '","judgementHash":"' || judgement_hash
        || '","expectation":"0","stream":"' || stream || '","key":"' || key || '","subject":"' || subject || '","label":"'
        || label || '","from":' || v.nanos || ',"to":' || v.nanos || ',"at":' || v.nanos || ',"decidingEvent":"'
        || v.prediction || '","severity":' || v.severity || ',"level":"' || level || '","mode":"' || mode
        || '","sentence":"' || v.sentence || '","values":[{"expression":"score","value":0.75,"threshold":false},'
        || '{"expression":"0.5","value":0.5,"threshold":true}],"events":[{"id":"' || v.prediction || '","at":' || v.nanos
        || ',"stream":"' || stream || '","role":"deciding","subjectIndex":-1,"fields":{"key":"' || key || '","score":0.75,'
        || '"speed":13.5}}],"spanEvents":[{"id":"' || v.prediction || '","at":' || v.nanos || ',"topic":"bench.' || stream
        || '","partition":0,"offset":' || j || '}],"modelVersion":"' || model_version || '","episode":"' || e.id
        || '","corrections":[],"truncated":false}')::json
      FROM episode e CROSS JOIN LATERAL generate_series(0, violations - 1) j CROSS JOIN LATERAL (
        SELECT CASE WHEN j = 0 THEN e.id ELSE md5(e.id || j) END AS id, md5(e.id || '/' || j) AS prediction,
          opened + (lasts - opened) * (j::float8 / greatest(violations - 1, 1)) AS at,
          round((worst * (1 - 0.9 * j / violations))::numeric, 4)::float8 AS severity,
          (extract(epoch FROM opened + (lasts - opened) * (j::float8 / greatest(violations - 1, 1))) * 1000000)::bigint
            * 1000 AS nanos,
          'a score of ' || round((0.5 + worst)::numeric, 3) || ', and a speed of ' || j || '.5' AS sentence) v
      WHERE project = 'default' AND opened >= TIMESTAMPTZ '%2$sZ' - interval '1 hour'
        AND opened < TIMESTAMPTZ '%2$sZ' + interval '1 day'
        AND v.at >= TIMESTAMPTZ '%2$sZ' AND v.at < TIMESTAMPTZ '%2$sZ' + interval '1 day'\
      """;

  private final Filling filling;
  private final WebOptions options;

  FilledViolations(Filling filling, WebOptions options) {
    this.filling = filling;
    this.options = options;
  }

  /** {@code since}: SQL of when everything begins. */
  void fill(String since) throws SQLException {
    filling.run(ASSERTIONS.formatted(options.assertions()));
    // On average as many as are asked for.
    long most = Math.max(1, 2 * options.violations() / options.episodes() - 1);
    filling.part(
        "episodes",
        () ->
            filling.unindexed(
                "episode",
                () ->
                    filling.run(
                        EPISODES.formatted(
                            options.episodes(), since, options.assertions(), most))));
    filling.run("CREATE INDEX bench_episode_opened ON episode (opened)");
    filling.run("ANALYZE episode");
    List<String> days =
        filling.texts(
            "SELECT day::date::text FROM generate_series(((%s) AT TIME ZONE 'UTC')::date, (now() AT TIME ZONE 'UTC')::date, interval '1 day') day"
                .formatted(since));
    filling.part(
        "violations",
        () -> {
          for (String day : days) {
            fillDay(day);
          }
        });
    filling.run("DROP INDEX bench_episode_opened");
    filling.part("roll-ups of violations", this::rollUp);
  }

  /** A table of its own is filled, and gets its indexes when it becomes a partition. */
  private void fillDay(String day) throws SQLException {
    String table =
        "violation_" + DateTimeFormatter.ofPattern("uuuu_MM_dd").format(LocalDate.parse(day));
    filling.run("DROP TABLE IF EXISTS " + table);
    filling.connection().setAutoCommit(false);
    filling.run(
        "CREATE TABLE " + table + " (LIKE violation INCLUDING DEFAULTS INCLUDING CONSTRAINTS)");
    filling.run(VIOLATIONS.formatted(table, day));
    filling.run(
        "ALTER TABLE violation ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
            .formatted(table, day, LocalDate.parse(day).plusDays(1)));
    filling.connection().commit();
    filling.connection().setAutoCommit(true);
  }

  private void rollUp() throws SQLException {
    filling.run(
        """
        INSERT INTO violation_minute (project, assertion, stream, level, mode, minute, violations, worst)
        SELECT project, assertion, stream, level, mode, date_trunc('minute', at, 'UTC'), count(*), max(severity)
        FROM violation GROUP BY 1, 2, 3, 4, 5, 6\
        """);
    filling.run(
        """
        INSERT INTO violation_hour (project, hour, assertion, stream, level, mode, violations, worst, highest)
        SELECT project, date_trunc('hour', minute, 'UTC'), assertion, stream, level, mode, sum(violations), max(worst),
          max(worst)
        FROM violation_minute GROUP BY 1, 2, 3, 4, 5, 6\
        """);
    // As if a hundred of an hour were kept, so that there are storms to be told of.
    filling.run(
        """
        INSERT INTO evidence_hour (project, hour, assertion, violations, kept, firsts, openers, worst_ids, severities)
        SELECT project, hour, assertion, sum(violations), least(sum(violations), 100), 0, 0, '{}'::uuid[],
          '{}'::float8[]
        FROM violation_hour GROUP BY 1, 2, 3\
        """);
    filling.run(
        """
        INSERT INTO violation_day (project, day, assertion, stream, level, mode, violations, worst)
        SELECT project, date_trunc('day', hour, 'UTC'), assertion, stream, level, mode, sum(violations), max(worst)
        FROM violation_hour GROUP BY 1, 2, 3, 4, 5, 6\
        """);
    filling.run(
        """
        INSERT INTO violation_span (project, span, begins, assertion, stream, level, mode, violations, worst)
        SELECT project, span, date_bin(span * interval '1 minute', minute, TIMESTAMPTZ 'epoch') AS begins, assertion,
          stream, level, mode, sum(violations), max(worst)
        FROM violation_minute CROSS JOIN (VALUES (2), (10), (360)) s (span)
        GROUP BY project, span, begins, assertion, stream, level, mode\
        """);
    filling.run(
        """
        INSERT INTO model_version_seen (project, stream, version, first, last)
        SELECT project, stream, model_version, min(opened), max(lasts) FROM episode GROUP BY 1, 2, 3\
        """);
  }
}
