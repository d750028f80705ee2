-- When the alerts of a project were looked at last: that nothing fires may also mean that nobody looks.
CREATE TABLE alert_look (
  project text        PRIMARY KEY,
  at      timestamptz NOT NULL
);
