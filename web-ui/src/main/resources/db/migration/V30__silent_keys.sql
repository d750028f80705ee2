-- Keys that are silent for longer than an assertion allows, as assay.silent tells: a row goes when its key speaks.
CREATE TABLE silent_key (
  project        text        NOT NULL,
  assertion      text        NOT NULL,
  stream         text        NOT NULL,
  key            text        NOT NULL,
  -- Of the assertion that says so; another version of it knows nothing of it.
  judgement_hash text        NOT NULL,
  -- Event time: when it had lasted too long. And the same by the clock.
  opened         timestamptz NOT NULL,
  since          timestamptz NOT NULL,
  -- The id of the violation that was told of it, and of the episode that it is in.
  violation      text        NOT NULL,
  episode        text        NOT NULL,
  model_version  text
);

-- A key may be longer than what an index takes.
CREATE UNIQUE INDEX silent_key_one ON silent_key (project, assertion, stream, md5(key));

-- Those that are open longest are looked at.
CREATE INDEX silent_key_longest ON silent_key (project, assertion, stream, judgement_hash, since, violation);
CREATE INDEX silent_key_by_age ON silent_key (since);

-- Of which assertions processors tell who is silent: those before did not, and what they do not tell is not known.
CREATE TABLE silence_told (
  project        text NOT NULL,
  assertion      text NOT NULL,
  judgement_hash text NOT NULL,
  PRIMARY KEY (project, assertion, judgement_hash)
);
