-- Exports that are written behind the page, with who started them; and labels that were refused.
CREATE TABLE export_run (
  project  text        NOT NULL,
  id       text        NOT NULL,
  -- As the wish had it: a format's word, the round (null: all), mask or refuse, frames a second.
  format   text        NOT NULL,
  round    bigint,
  outside  text        NOT NULL,
  fps      double precision NOT NULL,
  -- Whether private fields are in it: then only who may see them may have it.
  clear    boolean     NOT NULL,
  by       text        NOT NULL,
  at       timestamptz NOT NULL,
  status   text        NOT NULL DEFAULT 'RUNNING', -- RUNNING, DONE, FAILED, CANCELLED
  -- Samples read so far, and how many there are.
  done     integer     NOT NULL DEFAULT 0,
  of_all   integer     NOT NULL DEFAULT 0,
  -- What came of it.
  samples  integer     NOT NULL DEFAULT 0,
  left_out integer     NOT NULL DEFAULT 0,
  bytes    bigint      NOT NULL DEFAULT 0,
  why      text        NOT NULL DEFAULT '',
  -- Last told by who writes it: who says nothing for a minute has died.
  alive    timestamptz NOT NULL,
  PRIMARY KEY (project, id)
);

CREATE INDEX export_run_newest ON export_run (project, at DESC, id);

-- The file in pieces, so that any instance can give it.
CREATE TABLE export_chunk (
  project text    NOT NULL,
  id      text    NOT NULL,
  number  integer NOT NULL,
  body    bytea   NOT NULL,
  PRIMARY KEY (project, id, number),
  FOREIGN KEY (project, id) REFERENCES export_run ON DELETE CASCADE
);

-- Labels that came and could not be taken: why, and nothing of what they said.
CREATE TABLE label_refused (
  id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project text        NOT NULL,
  at      timestamptz NOT NULL,
  source  text        NOT NULL, -- api, label-studio
  by      text        NOT NULL,
  why     text        NOT NULL
);

CREATE INDEX label_refused_newest ON label_refused (project, id DESC);
