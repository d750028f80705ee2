-- Versions of streams' imputers: their cards, their bytes, and who put which in force, when. The topic forgets old
-- versions; these tables do not.
CREATE TABLE imputer_version (
  project text   NOT NULL,
  stream  text   NOT NULL,
  version bigint NOT NULL,
  card    jsonb  NOT NULL,
  PRIMARY KEY (project, stream, version)
);

CREATE TABLE imputer_chunk (
  project text    NOT NULL,
  stream  text    NOT NULL,
  version bigint  NOT NULL,
  chunk   integer NOT NULL,
  bytes   bytea   NOT NULL,
  PRIMARY KEY (project, stream, version, chunk)
);

CREATE TABLE imputer_choice (
  project text        NOT NULL,
  stream  text        NOT NULL,
  at      timestamptz NOT NULL,
  version bigint      NOT NULL,
  pinned  boolean     NOT NULL,
  actor   text        NOT NULL,
  why     text        NOT NULL,
  PRIMARY KEY (project, stream, at, version, actor)
);
