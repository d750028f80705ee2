-- Tasks of processors that may remember a key that is erased, and which have said that they do not any more.
CREATE TABLE erasure_task (
  project     text   NOT NULL,
  erasure     bigint NOT NULL,
  application text   NOT NULL,
  task        text   NOT NULL,
  -- When it has forgotten; null while it has not said so.
  at          timestamptz,
  -- Entries of its store that went.
  gone        bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (project, erasure, application, task)
);
