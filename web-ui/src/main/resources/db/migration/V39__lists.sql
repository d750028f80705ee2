-- What lists are filtered by, in the order in which they are shown: pages and exports go on by key.

-- Alerts of one assertion, and what became of them. No look changes these keys, unless the alert changes.
CREATE INDEX alert_shelf_of_assertion ON alert (project, assertion, shelf, since, fingerprint);
CREATE INDEX alert_history_of_assertion ON alert_history (project, assertion, id);

-- Deliveries that stand alike: the dead ones are few among many.
CREATE INDEX alert_delivery_of_status ON alert_delivery (project, status, notice, target);
CREATE INDEX alert_notice_of_route ON alert_notice (project, route, id);

-- What an import said came at one moment: the id orders it.
DROP INDEX label_newest;
CREATE INDEX label_newest ON label (project, received DESC, id DESC);
