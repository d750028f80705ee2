-- What windows came to, whether or not their lines held: a row each window, segment, and lines that share it.
CREATE TABLE window_figures (
  project   text        NOT NULL,
  assertion text        NOT NULL,
  -- The lines, by their names.
  lines     text        NOT NULL,
  segment   text        NOT NULL,
  -- Event time; ends is behind the window.
  begins    timestamptz NOT NULL,
  ends      timestamptz NOT NULL,
  stream    text        NOT NULL,
  -- Whether truths may still come.
  open      boolean     NOT NULL,
  figures   jsonb       NOT NULL,
  PRIMARY KEY (project, assertion, lines, segment, begins)
);

CREATE INDEX window_figures_by_time ON window_figures (project, ends);
