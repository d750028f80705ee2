-- Roll-ups by two minutes, ten minutes and six hours of UTC, over all source partitions: an hour, six hours and a week of
-- two hundred assertions are some thousand rows each. Written by the sink in the transaction that changes minutes.

CREATE TABLE count_span (
  project     text        NOT NULL,
  -- Minutes: 2, 10 or 360.
  span        int         NOT NULL,
  begins      timestamptz NOT NULL,
  assertion   text        NOT NULL,
  expectation text        NOT NULL,
  stream      text        NOT NULL,
  seen        bigint      NOT NULL,
  passed      bigint      NOT NULL,
  judged      bigint      NOT NULL,
  held        bigint      NOT NULL,
  violated    bigint      NOT NULL,
  undecided   bigint      NOT NULL,
  late        bigint      NOT NULL
);

INSERT INTO count_span
SELECT project, 2, date_bin('2 minutes', minute, TIMESTAMPTZ 'epoch') AS begins, assertion, expectation, stream, sum(seen),
  sum(passed), sum(judged), sum(held), sum(violated), sum(undecided), sum(late)
FROM count_minute
GROUP BY project, begins, assertion, expectation, stream;

INSERT INTO count_span
SELECT project, 10, date_bin('10 minutes', begins, TIMESTAMPTZ 'epoch') AS wider, assertion, expectation, stream, sum(seen),
  sum(passed), sum(judged), sum(held), sum(violated), sum(undecided), sum(late)
FROM count_span
GROUP BY project, wider, assertion, expectation, stream;

-- Hours are kept for longer than minutes.
INSERT INTO count_span
SELECT project, 360, date_bin('6 hours', hour, TIMESTAMPTZ 'epoch') AS begins, assertion, expectation, stream, sum(seen),
  sum(passed), sum(judged), sum(held), sum(violated), sum(undecided), sum(late)
FROM count_hour
GROUP BY project, begins, assertion, expectation, stream;

ALTER TABLE count_span ADD PRIMARY KEY (project, span, begins, assertion, expectation, stream);

CREATE INDEX count_span_of_assertion ON count_span (project, assertion, span, begins);

CREATE TABLE violation_span (
  project    text             NOT NULL,
  span       int              NOT NULL,
  begins     timestamptz      NOT NULL,
  assertion  text             NOT NULL,
  stream     text             NOT NULL,
  level      text             NOT NULL,
  mode       text             NOT NULL,
  violations bigint           NOT NULL,
  worst      double precision NOT NULL
);

INSERT INTO violation_span
SELECT project, span, date_bin(span * interval '1 minute', minute, TIMESTAMPTZ 'epoch') AS begins, assertion, stream,
  level, mode, sum(violations), max(worst)
FROM violation_minute CROSS JOIN (VALUES (2), (10)) s (span)
GROUP BY project, span, begins, assertion, stream, level, mode;

INSERT INTO violation_span
SELECT project, 360, date_bin('6 hours', hour, TIMESTAMPTZ 'epoch') AS begins, assertion, stream, level, mode,
  sum(violations), max(worst)
FROM violation_hour
GROUP BY project, begins, assertion, stream, level, mode;

ALTER TABLE violation_span ADD PRIMARY KEY (project, span, begins, assertion, stream, level, mode);

CREATE INDEX violation_span_of_assertion ON violation_span (project, assertion, span, begins);
