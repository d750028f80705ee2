-- What the sink writes from Kafka. Every row belongs to a project; nothing here is ever written by hand.

-- One row a violation, in partitions of one UTC day of event time, made by the sink when first needed.
-- Queries that give a range of days read only those partitions.
CREATE TABLE violation (
  project        text             NOT NULL,
  day            date             NOT NULL,
  id             text             NOT NULL,
  assertion      text             NOT NULL,
  expectation    text             NOT NULL,
  judgement_hash text             NOT NULL,
  stream         text             NOT NULL,
  key            text             NOT NULL,
  subject        text             NOT NULL,
  label          text             NOT NULL,
  span_from      timestamptz      NOT NULL,
  span_to        timestamptz      NOT NULL,
  at             timestamptz      NOT NULL,
  severity       double precision NOT NULL,
  level          text             NOT NULL, -- INFO, WARNING, CRITICAL
  mode           text             NOT NULL, -- SHADOW, ACTIVE
  sentence       text             NOT NULL,
  model_version  text,
  -- The record exactly as it came, times in nanoseconds. json, not jsonb: jsonb refuses texts with U+0000.
  evidence       json             NOT NULL,
  received       timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (project, day, id)
) PARTITION BY RANGE (day);

CREATE INDEX violation_newest ON violation (project, at DESC, id);
CREATE INDEX violation_newest_of_assertion ON violation (project, assertion, at DESC, id);

-- Violations by event-time minute, rolled up from the rows that were new.
CREATE TABLE violation_minute (
  project    text             NOT NULL,
  assertion  text             NOT NULL,
  stream     text             NOT NULL,
  level      text             NOT NULL,
  mode       text             NOT NULL,
  minute     timestamptz      NOT NULL,
  violations bigint           NOT NULL,
  worst      double precision NOT NULL,
  PRIMARY KEY (project, assertion, minute, stream, level, mode)
);

CREATE INDEX violation_minute_by_time ON violation_minute (project, minute);

-- What was judged, by event-time minute and source partition; cumulative, the highest sequence holds.
-- A figure of a minute is the sum over source_partition.
CREATE TABLE count_minute (
  project          text        NOT NULL,
  assertion        text        NOT NULL,
  expectation      text        NOT NULL,
  stream           text        NOT NULL,
  minute           timestamptz NOT NULL,
  source_partition int         NOT NULL,
  sequence         bigint      NOT NULL,
  seen             bigint      NOT NULL,
  passed           bigint      NOT NULL,
  judged           bigint      NOT NULL,
  held             bigint      NOT NULL,
  violated         bigint      NOT NULL,
  undecided        bigint      NOT NULL,
  late             bigint      NOT NULL,
  PRIMARY KEY (project, assertion, minute, expectation, stream, source_partition)
);

CREATE INDEX count_minute_by_time ON count_minute (project, minute);

-- Events that could not be read, by the minute in which they were put aside.
CREATE TABLE dead_letter_count (
  project     text        NOT NULL,
  stream      text        NOT NULL,
  cause       text        NOT NULL,
  minute      timestamptz NOT NULL,
  events      bigint      NOT NULL,
  last_detail text        NOT NULL,
  PRIMARY KEY (project, minute, stream, cause)
);

-- Events that came too late or from the future, likewise.
CREATE TABLE late_count (
  project text        NOT NULL,
  stream  text        NOT NULL,
  reason  text        NOT NULL,
  minute  timestamptz NOT NULL,
  events  bigint      NOT NULL,
  PRIMARY KEY (project, minute, stream, reason)
);

-- Where each consumer goes on; written in the transaction that wrote what came before.
CREATE TABLE sink_offset (
  consumer    text   NOT NULL,
  topic       text   NOT NULL,
  partition   int    NOT NULL,
  next_offset bigint NOT NULL,
  skipped     bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (consumer, topic, partition)
);

-- Records of our own topics that could not be stored: the latest of each partition, sink_offset.skipped counts all.
-- The project is what the record's header says, '' without one.
CREATE TABLE sink_skipped (
  project   text        NOT NULL,
  consumer  text        NOT NULL,
  topic     text        NOT NULL,
  partition int         NOT NULL,
  at_offset bigint      NOT NULL,
  skipped   timestamptz NOT NULL DEFAULT now(),
  reason    text        NOT NULL,
  bytes     int         NOT NULL,
  -- Its first bytes.
  value     bytea       NOT NULL,
  PRIMARY KEY (consumer, topic, partition, at_offset)
);
