-- Rows for long lists of a project: 'lists' stands for its name, RULES for rules, CARD and RELEASE for records as JSON.
INSERT INTO project (name, title) VALUES ('lists', 'Lists');

-- Four at a time have the same time: only the id orders them.
INSERT INTO violation (project, day, id, assertion, expectation, judgement_hash, stream, key, subject, label,
  span_from, span_to, at, severity, level, mode, sentence, evidence, origin)
SELECT 'lists', day, md5(i::text), 'rule-' || i % 2, '', 'h', 'stream', 'key', '', '', at, at, at, i % 10,
  'INFO', 'ACTIVE', '=1+' || i, '{}', 'live'
FROM (SELECT max(day) AS day FROM violation) d, generate_series(1, 130) i,
  LATERAL (SELECT day::timestamp AT TIME ZONE 'UTC' + i / 4 * interval '1 second' AS at) t;

INSERT INTO audit (project, at, actor, action, subject, detail)
SELECT 'lists', now(), 'nobody', 'member.added', '@row-' || i, '' FROM generate_series(1, 130) i;

-- Of each four two fire, one is acknowledged, one waits.
INSERT INTO alert (project, fingerprint, assertion, rule, labels, annotations, routes, phase, active_at, fired_at,
  evaluated, acknowledged_by)
SELECT 'lists', lpad(to_hex(i), 16, '0'), 'rule-' || i / 4 % 2, '',
  json_build_object('alertname', 'rule-' || i / 4 % 2, 'level', CASE WHEN i / 8 % 2 = 0 THEN 'critical' ELSE 'info' END),
  '{"summary": "=1+1"}', '{}', (ARRAY['FIRING', 'FIRING', 'FIRING', 'PENDING'])[1 + i % 4], at, at, at,
  CASE WHEN i % 4 = 1 THEN '@somebody' END
FROM generate_series(0, 479) i,
  LATERAL (SELECT TIMESTAMPTZ '2026-03-01T12:00:00Z' - (i / 40) * interval '1 second' AS at) t;

INSERT INTO alert_history (project, at, fingerprint, assertion, condition, level, from_phase, to_phase, summary)
SELECT 'lists', now(), lpad('a', 16, '0'), 'rule-0', '', 'CRITICAL', 'PENDING', 'FIRING', '+' || i
FROM generate_series(1, 130) i;

WITH notice AS (
  INSERT INTO alert_notice (project, route, group_key, status, reason, body, created)
  SELECT 'lists', 'route-' || i % 2, '', 'RESOLVED', 'NEW', '{}', now() FROM generate_series(1, 75) i
  RETURNING id)
INSERT INTO alert_delivery (notice, target, project, receiver, address, status, next, ended, trouble)
SELECT id, target, 'lists', 'WEBHOOK', 'https://nowhere.invalid/', CASE target WHEN 0 THEN 'DELIVERED' ELSE 'DEAD' END,
  now(), now(), '=no' FROM notice, generate_series(0, 1) target;

-- An import says all at one moment: only the id orders them.
INSERT INTO label (project, id, prediction, stream, verdict, fields, classes, looked, weight, said_by, source, at, received)
SELECT 'lists', 'label-' || i, '=p' || i, 'stream', 'error', '{"note": "=1+1"}', '{}', '{}', 1, '@somebody',
  CASE i % 2 WHEN 0 THEN 'api' ELSE 'topic' END, now(), TIMESTAMPTZ '2026-03-01T12:00:00Z'
FROM generate_series(1, 130) i;

INSERT INTO label_refused (project, at, source, by, why)
SELECT 'lists', now(), 'api', '=somebody', '-' || i FROM generate_series(1, 40) i;

INSERT INTO label_round (project, number, opened, opened_by, seed, plan, closed, closed_by, closed_why)
SELECT 'lists', i, now(), '@somebody', 1, '{"budget": 1, "firing": {}, "why": "=1+1"}', now(), '', ''
FROM generate_series(1, 50) i;

INSERT INTO webhook_delivery (project, event, subject, body, status, attempts, created, next, trouble)
SELECT 'lists', 'round.full', i, '{}', 'DEAD', 3, now(), now(), '=no' FROM generate_series(1, 45) i;

-- Two at a time were published at the same moment: only the number orders them.
INSERT INTO rule_generation (project, generation, published, actor, home, place, version, document_hash,
  content_hash, content)
SELECT 'lists', i, TIMESTAMPTZ '2026-03-01T12:00:00Z' + i / 2 * interval '1 minute', '@somebody', 'WEB', '=1+1', '',
  'd' || i, 'c' || i, '' FROM generate_series(1, 130) i;

INSERT INTO alert_silence (project, matchers, starts, ends, author, comment, created, ended_by)
SELECT 'lists', ARRAY['alertname="rule-1"'], now() - interval '2 hours', now() + i * interval '1 hour', '@somebody',
  '=1+1', now(), CASE WHEN i < 0 THEN 'somebody' END FROM generate_series(-1, 60) i WHERE i <> 0;

INSERT INTO token (id, project, name, hash, scopes, streams, created, created_by)
SELECT left(translate(md5('lists' || i), '0189', 'wxyz'), 10), 'lists', '=1+1', sha256('never'), '{ingest,read}', '{frames}',
  '2026-03-01T12:00:00Z', '@somebody' FROM generate_series(1, 60) i;

INSERT INTO account (name, password) SELECT 'lists' || '-member-' || i, 'none' FROM generate_series(1, 60) i;

INSERT INTO membership (project, account, role)
SELECT 'lists', 'lists' || '-member-' || i, 'VIEWER' FROM generate_series(1, 60) i;

-- All started at one moment: only the id orders them.
INSERT INTO export_run (project, id, format, round, outside, fps, clear, by, at, status, alive, why)
SELECT 'lists', 'export-' || i, 'json-lines', 1, 'mask', 25, false, '=somebody', now(), 'FAILED', now(), '=1+1'
FROM generate_series(1, 30) i;

-- Of four asked for at the same time two are of drafts, and two try thresholds.
INSERT INTO backtest (project, id, file, draft, in_force, base, begins, ends, asked_by, asked, state, ended, trouble, sweep, assertion)
SELECT 'lists', 'job-' || i, '=file.assay', '', '', 1, at - interval '1 day', at, '@somebody', at, 'FAILED', at, '=1+1',
  CASE i % 2 WHEN 1 THEN '{"assertion": "rule-1", "limit": "=limit", "condition": "=score > 1", "unit": "", "whole": true,
    "active": 1, "values": [1, 2]}' END, CASE i % 2 WHEN 1 THEN 'rule-1' END
FROM generate_series(1, 120) i, LATERAL (SELECT TIMESTAMPTZ '2026-03-01T12:00:00Z' + i / 4 * interval '1 minute' AS at) t;

INSERT INTO rule_proposal (project, base, author, proposed, note, assertions, takes_home, content_hash, content, state,
  decided_by, decided, reason)
SELECT 'lists', 1, '@author-' || i, TIMESTAMPTZ '2026-03-01T12:00:00Z', '=1+1', '{"=rule"}', false, 'h', RULES, 'DECLINED',
  '@second', TIMESTAMPTZ '2026-03-01T12:00:00Z', '=1+' || i
FROM generate_series(1, 60) i;

INSERT INTO imputer_version (project, stream, version, card)
SELECT 'lists', 'frames', i, CARD || jsonb_build_object('version', i, 'trainedMillis', i * 60000)
FROM generate_series(1, 120) i;

INSERT INTO imputer_choice (project, stream, at, version, pinned, actor, why)
SELECT 'lists', 'frames', TIMESTAMPTZ '2026-03-01T12:00:00Z', i, true, '@somebody', '=1+1' FROM generate_series(1, 120) i;

-- Two embeddings; of each two releases are of one number.
INSERT INTO release_comparison (project, embeddings, release, base, number, sequence, record)
SELECT 'lists', 'items-' || e, 'r-' || i, '', i / 2, i,
  RELEASE || jsonb_build_object('embeddings', 'items-' || e, 'release', 'r-' || i, 'number', i / 2, 'sequence', i)
FROM generate_series(1, 2) e, generate_series(1, 130) i;

INSERT INTO erasure (project, stream, digest, asked, asked_by, status, until, ended)
SELECT 'lists', 'frames', 'digest-' || i, now(), '@somebody', 'DONE', now(), now() FROM generate_series(1, 60) i;

INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at, severity, arm,
  reason, probability, around, rank, status)
SELECT 'lists', 'item-' || i, 1, '=rule', 'frames', '@key', '+label-' || i, DATE '2026-03-01', md5(i::text), 'h',
  TIMESTAMPTZ '2026-03-01T12:00:00Z', 1, 'uniform', '=1+1', 1, 5, i / 2, 'DISPUTED'
FROM generate_series(1, 50) i;

-- Assertions that no rules know any more; three at a time fired as often, and as late.
INSERT INTO violation_minute (project, assertion, stream, level, mode, minute, violations, worst)
SELECT 'lists', '=past-' || i, 'stream', 'INFO', 'ACTIVE',
  TIMESTAMPTZ '2026-03-01T12:00:00Z' + i / 3 * interval '2 minutes', i / 3 + 1, 1
FROM generate_series(1, 60) i;

INSERT INTO violation_span (project, span, begins, assertion, stream, level, mode, violations, worst)
SELECT project, 2, minute, assertion, stream, level, mode, violations, worst FROM violation_minute
WHERE project = 'lists' AND assertion LIKE '=past-%';

-- Versions of models that appeared among those minutes, and among the trainings of the imputer.
INSERT INTO model_version_seen (project, stream, version, first, last)
VALUES ('lists', 'stream', '=m-2', '2026-03-01T12:10:00Z', '2026-03-01T12:10:00Z'),
  ('lists', 'frames', '=m-9', '1970-01-01T01:40:30Z', '1970-01-01T01:40:30Z');
