-- What came of a round, as it was added up last: a month of hours of all assertions is too much for each look.
CREATE TABLE round_proof (
  project text        NOT NULL,
  round   bigint      NOT NULL,
  added   timestamptz NOT NULL,
  proof   text        NOT NULL,
  PRIMARY KEY (project, round)
);
