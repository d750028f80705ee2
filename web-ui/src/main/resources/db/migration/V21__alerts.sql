-- The states of alerts, and what was told of them. One instance at a time looks (alert_lease); what a look changes,
-- and the notices that follow from it, are one transaction.

CREATE TABLE alert_lease (
  name   text        PRIMARY KEY,
  holder text        NOT NULL,
  until  timestamptz NOT NULL,
  -- Counts up with every new holder. A look commits only under the number that it began with.
  token  bigint      NOT NULL
);

-- How far the event time of each stream has come, and when that was seen.
CREATE TABLE alert_clock (
  project text        NOT NULL,
  stream  text        NOT NULL,
  newest  timestamptz NOT NULL, -- the newest minute in which something was counted
  counted bigint      NOT NULL, -- what was counted in it
  noticed timestamptz NOT NULL, -- when that minute was seen first
  stirred timestamptz NOT NULL, -- when something was counted last
  PRIMARY KEY (project, stream)
);

-- Alerts that wait, fire, or are over without all who know of them having been told.
CREATE TABLE alert (
  project         text        NOT NULL,
  fingerprint     text        NOT NULL,
  assertion       text        NOT NULL,
  -- Of which line of the rules it is.
  rule            text        NOT NULL,
  -- json, as evidence is. Private fields are masked already.
  labels          json        NOT NULL,
  annotations     json        NOT NULL,
  routes          text[]      NOT NULL,
  phase           text        NOT NULL, -- PENDING, FIRING, RESOLVED
  active_at       timestamptz,
  fired_at        timestamptz,
  kept_since      timestamptz,
  resolved_at     timestamptz,
  evaluated       timestamptz NOT NULL,
  -- What shows it: day and id of a violation.
  violation       text,
  -- Written by people; a look only ever takes it back, when the alert fires no more.
  acknowledged_by text,
  acknowledged_at timestamptz,
  PRIMARY KEY (project, fingerprint)
);

-- Every change of a phase.
CREATE TABLE alert_history (
  project     text        NOT NULL,
  id          bigint      GENERATED ALWAYS AS IDENTITY,
  at          timestamptz NOT NULL,
  fingerprint text        NOT NULL,
  assertion   text        NOT NULL,
  condition   text        NOT NULL,
  level       text        NOT NULL,
  from_phase  text        NOT NULL,
  to_phase    text        NOT NULL,
  summary     text        NOT NULL,
  PRIMARY KEY (project, id)
);

CREATE INDEX alert_history_of_alert ON alert_history (project, fingerprint, id DESC);
CREATE INDEX alert_history_by_time ON alert_history (at);

CREATE TABLE alert_silence (
  project  text        NOT NULL,
  id       bigint      GENERATED ALWAYS AS IDENTITY,
  matchers text[]      NOT NULL,
  starts   timestamptz NOT NULL,
  ends     timestamptz NOT NULL,
  author   text        NOT NULL,
  comment  text        NOT NULL,
  created  timestamptz NOT NULL,
  -- Who ended it before its time; silences are never deleted.
  ended_by text,
  PRIMARY KEY (project, id)
);

CREATE INDEX alert_silence_on ON alert_silence (project, ends);

-- What people know: which alerts of a group they were told of, and when.
CREATE TABLE alert_group (
  project  text        NOT NULL,
  route    text        NOT NULL,
  key      text        NOT NULL,
  labels   json        NOT NULL,
  told     text[]      NOT NULL,
  notified timestamptz,
  waiting  timestamptz,
  PRIMARY KEY (project, route, key)
);

-- Which episodes are open is asked at every look.
CREATE INDEX episode_lately ON episode (project, assertion, lasts) WHERE mode = 'ACTIVE';
