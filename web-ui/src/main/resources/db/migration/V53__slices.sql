-- What was judged at events by the value that a declared slice of their stream has of them: 'true', 'false' or
-- 'undecided', where its condition has no value. A value that no verdict fell at has no row.

CREATE TABLE slice_minute (
  project          text        NOT NULL,
  assertion        text        NOT NULL,
  expectation      text        NOT NULL,
  stream           text        NOT NULL,
  minute           timestamptz NOT NULL,
  source_partition int         NOT NULL,
  slice            text        NOT NULL,
  value            text        NOT NULL,
  -- Of the record that said so: of two the one with the higher holds.
  sequence         bigint      NOT NULL,
  judged           bigint      NOT NULL,
  violated         bigint      NOT NULL,
  undecided        bigint      NOT NULL,
  PRIMARY KEY (project, assertion, minute, expectation, stream, source_partition, slice, value)
);

-- For retention.
CREATE INDEX slice_minute_by_time ON slice_minute (project, minute);

-- Roll-ups over all source partitions, by the steps of all ranges that pages draw.
CREATE TABLE slice_span (
  project     text        NOT NULL,
  -- Minutes: 2, 10, 60, 360 or 1440.
  span        int         NOT NULL,
  begins      timestamptz NOT NULL,
  assertion   text        NOT NULL,
  expectation text        NOT NULL,
  stream      text        NOT NULL,
  slice       text        NOT NULL,
  value       text        NOT NULL,
  judged      bigint      NOT NULL,
  violated    bigint      NOT NULL,
  undecided   bigint      NOT NULL,
  PRIMARY KEY (project, span, begins, assertion, expectation, stream, slice, value)
);

CREATE INDEX slice_span_of_assertion ON slice_span (project, assertion, span, begins);
