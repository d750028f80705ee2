-- What it takes to deliver notices of alerts. A delivery's status may also be SUPERSEDED: it failed, and a later notice
-- of its group says what it said, and more.

-- When an Alertmanager is told once more that a notice's alerts still fire; null: never.
ALTER TABLE alert_delivery ADD COLUMN again timestamptz;

CREATE INDEX alert_delivery_again ON alert_delivery (again) WHERE again IS NOT NULL;

-- Those that a later notice of the same group has to wait for.
CREATE INDEX alert_delivery_waiting ON alert_delivery (receiver, address, notice) WHERE status = 'PENDING';
CREATE INDEX alert_notice_of_group ON alert_notice (project, route, group_key, id);

-- When a target may be sent to next, whichever instance does.
CREATE TABLE alert_pace (
  receiver text        NOT NULL,
  address  text        NOT NULL,
  next     timestamptz NOT NULL,
  PRIMARY KEY (receiver, address)
);
