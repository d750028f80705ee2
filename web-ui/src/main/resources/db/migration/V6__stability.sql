-- What is known of releases of embeddings, by themselves (base '') and against another; the record of the topic
-- with the highest sequence, whole.
CREATE TABLE release_comparison (
  project    text   NOT NULL,
  embeddings text   NOT NULL,
  release    text   NOT NULL,
  base       text   NOT NULL,
  number     bigint NOT NULL,
  sequence   bigint NOT NULL,
  record     jsonb  NOT NULL,
  PRIMARY KEY (project, embeddings, release, base)
);
