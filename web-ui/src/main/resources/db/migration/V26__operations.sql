-- What whoever runs the installation looks after: room on disks, how long what is kept, and what someone may ask to
-- have erased.

-- How large things were, and how much room was left. Sampled every ten minutes by whichever instance is first; older
-- than two days, the first of an hour stays, older than a month, the first of a day. Of the whole installation.
CREATE TABLE storage_sample (
  at    timestamptz NOT NULL,
  store text        NOT NULL, -- POSTGRESQL, KAFKA, ARCHIVE
  kind  text        NOT NULL, -- PART: a table, topics; VOLUME: where a store's files are
  name  text        NOT NULL,
  bytes bigint      NOT NULL,
  -- Of a volume, as whoever can see it says; null where nobody can.
  free  bigint,
  total bigint,
  PRIMARY KEY (at, store, kind, name)
);

-- How many days of which rows are kept; without a row here, for ever.
CREATE TABLE retention (
  project    text        NOT NULL,
  kind       text        NOT NULL,
  days       integer     NOT NULL CHECK (days BETWEEN 1 AND 36500),
  changed    timestamptz NOT NULL,
  changed_by text        NOT NULL,
  PRIMARY KEY (project, kind)
);

-- A closed project is there for its administrators alone, and no token of it opens anything; nothing of it is deleted.
ALTER TABLE project ADD COLUMN closed timestamptz;
ALTER TABLE project ADD COLUMN closed_by text;

-- Requests to erase all that is kept of a key.
CREATE TABLE erasure (
  project  text        NOT NULL,
  id       bigint      GENERATED ALWAYS AS IDENTITY,
  stream   text        NOT NULL,
  -- Of the key, salted; the key itself only until the job is over.
  digest   text        NOT NULL,
  key      text,
  asked    timestamptz NOT NULL,
  asked_by text        NOT NULL,
  status   text        NOT NULL DEFAULT 'WAITING', -- WAITING, RUNNING, DONE, FAILED
  -- Whoever works on it moves this on; who finds it in the past takes over.
  until    timestamptz NOT NULL,
  ended    timestamptz,
  trouble  text        NOT NULL DEFAULT '',
  PRIMARY KEY (project, id)
);

-- What was done where; a step that is over is not done again.
CREATE TABLE erasure_step (
  project text        NOT NULL,
  erasure bigint      NOT NULL,
  place   text        NOT NULL,
  ordinal integer     NOT NULL,
  outcome text        NOT NULL, -- ERASED, NOTHING, KEPT_UNTIL, BY_HAND
  number  bigint      NOT NULL DEFAULT 0,
  -- What is to be known about it: until when something stays, or what someone has to do.
  note    text        NOT NULL DEFAULT '',
  ended   timestamptz NOT NULL,
  PRIMARY KEY (project, erasure, place)
);
