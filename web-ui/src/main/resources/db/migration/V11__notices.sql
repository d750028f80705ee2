-- What people are told of alerts. A notice is written in the transaction that changed the alerts' states, with one
-- delivery for each target of its route: what is committed is sent, by whichever instance, until it is taken or dead.

CREATE TABLE alert_notice (
  project   text        NOT NULL,
  id        bigint      GENERATED ALWAYS AS IDENTITY,
  route     text        NOT NULL,
  -- Alerts with equal values of what the route groups by are one group.
  group_key text        NOT NULL,
  status    text        NOT NULL, -- FIRING: at least one alert of the group is; RESOLVED: none is any more
  -- Why: NEW, CHANGED, REPEATED, RESOLVED, TEST.
  reason    text        NOT NULL,
  -- The group as it was then, with its alerts: io.assay.web.alerts.Notice. json, as evidence is.
  body      json        NOT NULL,
  created   timestamptz NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX alert_notice_newest ON alert_notice (project, id DESC);

CREATE TABLE alert_delivery (
  notice   bigint      NOT NULL REFERENCES alert_notice (id) ON DELETE CASCADE,
  -- The place of the target in its route, from 0.
  target   integer     NOT NULL,
  project  text        NOT NULL,
  receiver text        NOT NULL, -- ALERTMANAGER, WEBHOOK, SLACK, EMAIL
  -- As the rules name it; a secret is named there, never written.
  address  text        NOT NULL,
  status   text        NOT NULL DEFAULT 'PENDING', -- PENDING, DELIVERED, DEAD
  attempts integer     NOT NULL DEFAULT 0,
  -- When it is tried (again); whoever tries it moves this on first, so that nobody else does meanwhile.
  next     timestamptz NOT NULL,
  ended    timestamptz,
  -- Of the last attempt; '' where there was none.
  trouble  text        NOT NULL DEFAULT '',
  PRIMARY KEY (notice, target)
);

CREATE INDEX alert_delivery_due ON alert_delivery (next) WHERE status = 'PENDING';
CREATE INDEX alert_delivery_of_project ON alert_delivery (project, notice DESC);
