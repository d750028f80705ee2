-- Roll-ups by UTC day, so that a month of two hundred assertions is some thousand rows. Written by the sink in the
-- transaction that changes minutes and hours. For installations that have hours already, days are added up from these.

CREATE TABLE count_day (
  project     text        NOT NULL,
  -- When it begins.
  day         timestamptz NOT NULL,
  assertion   text        NOT NULL,
  expectation text        NOT NULL,
  stream      text        NOT NULL,
  seen        bigint      NOT NULL,
  passed      bigint      NOT NULL,
  judged      bigint      NOT NULL,
  held        bigint      NOT NULL,
  violated    bigint      NOT NULL,
  undecided   bigint      NOT NULL,
  late        bigint      NOT NULL,
  PRIMARY KEY (project, day, assertion, expectation, stream)
);

CREATE INDEX count_day_of_assertion ON count_day (project, assertion, day);

INSERT INTO count_day (project, day, assertion, expectation, stream, seen, passed, judged, held, violated, undecided,
  late)
SELECT project, date_trunc('day', hour, 'UTC'), assertion, expectation, stream, sum(seen), sum(passed), sum(judged),
  sum(held), sum(violated), sum(undecided), sum(late)
FROM count_hour
GROUP BY 1, 2, 3, 4, 5;

CREATE TABLE violation_day (
  project    text             NOT NULL,
  day        timestamptz      NOT NULL,
  assertion  text             NOT NULL,
  stream     text             NOT NULL,
  level      text             NOT NULL,
  mode       text             NOT NULL,
  violations bigint           NOT NULL,
  worst      double precision NOT NULL,
  PRIMARY KEY (project, day, assertion, stream, level, mode)
);

-- Which assertions and streams there are is read from its ends alone.
CREATE INDEX violation_day_of_assertion ON violation_day (project, assertion, stream, day);

INSERT INTO violation_day (project, day, assertion, stream, level, mode, violations, worst)
SELECT project, date_trunc('day', hour, 'UTC'), assertion, stream, level, mode, sum(violations), max(worst)
FROM violation_hour
GROUP BY 1, 2, 3, 4, 5, 6;

-- The worst of an hour's violations, those that repairs found among them: where a search need not look.
ALTER TABLE violation_hour ADD COLUMN highest double precision;

UPDATE violation_hour SET highest = worst;

UPDATE violation_hour h SET highest = greatest(h.highest, r.highest)
FROM (
  SELECT project, date_trunc('hour', at, 'UTC') AS hour, assertion, stream, level, mode, max(severity) AS highest
  FROM violation WHERE origin <> 'live' GROUP BY 1, 2, 3, 4, 5, 6) r
WHERE h.project = r.project AND h.hour = r.hour AND h.assertion = r.assertion AND h.stream = r.stream
  AND h.level = r.level AND h.mode = r.mode;

ALTER TABLE violation_hour ALTER COLUMN highest SET NOT NULL;

-- All of one vehicle, one applicant.
CREATE INDEX violation_of_key ON violation (project, key, at DESC, id);
