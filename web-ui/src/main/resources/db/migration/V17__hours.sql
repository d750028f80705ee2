-- Roll-ups by event-time hour, so that a week of two hundred assertions is some thousand rows and not some million.
-- Written by the sink with the minutes, by what these changed.

CREATE TABLE count_hour (
  project     text        NOT NULL,
  hour        timestamptz NOT NULL,
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
  PRIMARY KEY (project, hour, assertion, expectation, stream)
);

CREATE INDEX count_hour_of_assertion ON count_hour (project, assertion, hour);

INSERT INTO count_hour (project, hour, assertion, expectation, stream, seen, passed, judged, held, violated, undecided,
  late)
SELECT project, date_trunc('hour', minute, 'UTC'), assertion, expectation, stream, sum(seen), sum(passed),
  sum(judged), sum(held), sum(violated), sum(undecided), sum(late)
FROM count_minute
GROUP BY 1, 2, 3, 4, 5;

CREATE TABLE violation_hour (
  project    text             NOT NULL,
  hour       timestamptz      NOT NULL,
  assertion  text             NOT NULL,
  stream     text             NOT NULL,
  level      text             NOT NULL,
  mode       text             NOT NULL,
  violations bigint           NOT NULL,
  worst      double precision NOT NULL,
  PRIMARY KEY (project, hour, assertion, stream, level, mode)
);

CREATE INDEX violation_hour_of_assertion ON violation_hour (project, assertion, hour);

INSERT INTO violation_hour (project, hour, assertion, stream, level, mode, violations, worst)
SELECT project, date_trunc('hour', minute, 'UTC'), assertion, stream, level, mode, sum(violations), max(worst)
FROM violation_minute
GROUP BY 1, 2, 3, 4, 5, 6;

-- When which version of a model was seen in violations, by event time.
CREATE TABLE model_version_seen (
  project text        NOT NULL,
  stream  text        NOT NULL,
  version text        NOT NULL,
  first   timestamptz NOT NULL,
  last    timestamptz NOT NULL,
  PRIMARY KEY (project, stream, version)
);

INSERT INTO model_version_seen (project, stream, version, first, last)
SELECT project, stream, model_version, min(opened), max(lasts)
FROM episode WHERE model_version IS NOT NULL
GROUP BY 1, 2, 3;
