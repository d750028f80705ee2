-- In a storm the evidence of an assertion's hour is bounded: the first, those that open an episode, and the worst stay
-- in violation; of the others only what keeps counts exact when the same comes again, and where Kafka has the record.

-- Violations that are in violation no more, or never were; those that may leave it for worse ones are in both.
-- In partitions of one UTC day, as violation. The order of the columns leaves no gaps: this is per violation.
CREATE TABLE violation_counted (
  id            uuid   NOT NULL,
  -- Where the topic of violations has it.
  source_offset bigint NOT NULL,
  day           date   NOT NULL,
  source_partition int NOT NULL,
  project       text   NOT NULL,
  PRIMARY KEY (project, day, id)
) PARTITION BY RANGE (day);

-- What is kept of an assertion's hour of event time; whoever changes it holds its row.
CREATE TABLE evidence_hour (
  project    text        NOT NULL,
  hour       timestamptz NOT NULL,
  assertion  text        NOT NULL,
  -- All that were new, and how many of these have their evidence.
  violations bigint      NOT NULL,
  kept       bigint      NOT NULL,
  -- How many were kept because they were the first, and because they opened an episode.
  firsts     int         NOT NULL,
  openers    int         NOT NULL,
  -- Those that are kept for being the worst of the others, and how bad they are.
  worst_ids  uuid[]             NOT NULL,
  severities double precision[] NOT NULL,
  PRIMARY KEY (project, hour, assertion)
);

-- How many of an episode's violations have no evidence. Unless that is all of them, worst_id is one that has.
ALTER TABLE episode ADD COLUMN counted bigint NOT NULL DEFAULT 0;
-- The severity of worst_id; null: that is the worst there was.
ALTER TABLE episode ADD COLUMN shown double precision;
