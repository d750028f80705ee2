package io.assay.bench.web;

import java.sql.SQLException;
import java.util.List;

/** What people have done, and were told: rounds and their verdicts, notices of alerts, changes. */
final class FilledWork {
  private static final List<String> STATEMENTS =
      List.of(
          """
          INSERT INTO label_round (project, number, opened, opened_by, seed, plan, closed, closed_by, closed_why, trained,
            trained_at)
          SELECT 'default', r, now() - (21 - r) * interval '1 day', 'bench', r,
            json_build_object('budget', 1000, 'firing', (SELECT json_object_agg(name, json_build_object('violated', 10 + r,
              'judged', 1000)) FROM bench_assertion), 'why', 'uniform'),
            CASE WHEN r < 20 THEN now() - (20 - r) * interval '1 day' END, CASE WHEN r < 20 THEN 'bench' END,
            CASE WHEN r < 20 THEN 'done' END, CASE WHEN r < 20 THEN 'trained-' || r END,
            CASE WHEN r < 20 THEN now() - (20 - r) * interval '1 day' END FROM generate_series(1, 20) r\
          """,
          """
          INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash,
            model_version, at, severity, arm, reason, probability, around, rank, said, status, finding)
          SELECT project, id, 1 + n % 20, assertion, stream, key, label, worst_day, worst_id, judgement_hash, model_version,
            opened, worst, 'gain', 'its rate fell less than that of others', 1, 0, worst,
            CASE WHEN n % 20 = 19 AND n % 3 > 0 THEN 0 ELSE 1 END,
            CASE WHEN n % 20 = 19 AND n % 3 > 0 THEN 'OPEN' ELSE 'AGREED' END,
            CASE WHEN n % 20 = 19 AND n % 3 > 0 THEN NULL WHEN n % 4 = 0 THEN 'NO_ERROR' ELSE 'ERROR' END
          FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM episode WHERE project = 'default' ORDER BY id
            LIMIT 20000) e\
          """,
          """
          INSERT INTO label_verdict (project, item, reviewer, at, finding, millis)
          SELECT project, id, 'reviewer-' || length(key) % 3, at + interval '1 hour', finding, 2500 FROM label_item
          WHERE finding IS NOT NULL\
          """,
          """
          INSERT INTO label (project, id, prediction, stream, verdict, fields, classes, looked, weight, said_by, source, at,
            received, matched)
          SELECT 'default', md5('label ' || n), prediction, stream, 'error', '{}', '{}', '{}', 1, 'a person', 'api', at, at,
            true
          FROM (SELECT *, row_number() OVER () AS n FROM violation WHERE project = 'default' LIMIT 50000) v\
          """,
          """
          INSERT INTO alert_history (project, at, fingerprint, assertion, condition, level, from_phase, to_phase, summary)
          SELECT 'default', now() - n * interval '25 seconds', md5('alert ' || n % 300), name, 'rate > 2% for 5min', level,
            (ARRAY['PENDING', 'FIRING'])[1 + n % 2], (ARRAY['FIRING', 'RESOLVED'])[1 + n % 2],
            'rate is 2.5 %, more than 2 %'
          FROM generate_series(1, {some} * 5) n JOIN bench_assertion
            ON number = n % (SELECT count(*) FROM bench_assertion)\
          """,
          """
          INSERT INTO alert_notice (project, route, group_key, status, reason, body, created)
          SELECT 'default', 'ops', 'group-' || n % 50, (ARRAY['FIRING', 'RESOLVED'])[1 + n % 2],
            (ARRAY['NEW', 'RESOLVED'])[1 + n % 2],
            json_build_object('project', 'default', 'route', 'ops', 'groupKey', 'group-' || n % 50, 'groupLabels',
              json_build_object('assertion', 'rule_0001'), 'status', (ARRAY['FIRING', 'RESOLVED'])[1 + n % 2],
              'reason', (ARRAY['NEW', 'RESOLVED'])[1 + n % 2], 'alerts', json_build_array(), 'leftOut', 0, 'at',
              to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
            now() - ({some} - n) * interval '2 minutes'
          FROM generate_series(1, {some}) n\
          """,
          """
          INSERT INTO alert_delivery (notice, target, project, receiver, address, status, attempts, next, ended, trouble)
          SELECT id, 0, project, 'WEBHOOK', 'http://127.0.0.1:9/', CASE WHEN id % 40 = 0 THEN 'DEAD' ELSE 'DELIVERED' END,
            1, created, created, '' FROM alert_notice\
          """,
          """
          INSERT INTO audit (project, at, actor, action, subject, detail)
          SELECT 'default', now() - n * interval '20 seconds', 'someone',
            (ARRAY['label.given', 'member.added', 'rules.published'])[1 + n % 3], 'subject-' || n, ''
          FROM generate_series(1, {some} * 10) n\
          """);

  private FilledWork() {}

  /** As much of it as 20,000 notices, or one for each episode where these are fewer. */
  static void fill(Filling filling, int episodes) throws SQLException {
    String some = Integer.toString(Math.min(20_000, episodes));
    filling.part(
        "rounds, verdicts, notices and changes",
        () -> {
          for (String sql : STATEMENTS) {
            filling.run(sql.replace("{some}", some));
          }
        });
    filling.part("what the planner knows", () -> filling.run("VACUUM ANALYZE"));
  }
}
