-- Every generation of rules that was published, for people: written by whoever reads the topic, which alone says what
-- is in force. No foreign keys: processors publish without this database, and the record outlives what it tells of.
create table rule_generation (
  project       text        not null,
  generation    bigint      not null,
  published     timestamptz not null,
  actor         text        not null,
  home          text        not null,
  place         text        not null,
  version       text        not null,
  document_hash text        not null,
  content_hash  text        not null,
  -- JSON of files and parameters as they were published; bytes, since texts may have any character.
  content       bytea       not null,
  -- A topic that was made anew begins with one again.
  primary key (project, generation, published)
);
