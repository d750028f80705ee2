-- On which shelf of the page of alerts one lies, and since when: pages are read by key, and counted by it.

-- Whether a silence was on when somebody looked last, or made or ended one.
ALTER TABLE alert ADD COLUMN silenced boolean NOT NULL DEFAULT false;

-- Greater numbers stand first: 4 fires, 3 somebody sees to it, 2 is silenced, 1 waits, 0 is over.
ALTER TABLE alert ADD COLUMN shelf smallint NOT NULL GENERATED ALWAYS AS (
  CASE phase
    WHEN 'FIRING' THEN CASE WHEN silenced THEN 2 WHEN acknowledged_by IS NOT NULL THEN 3 ELSE 4 END
    WHEN 'PENDING' THEN 1
    ELSE 0
  END) STORED;
ALTER TABLE alert ADD COLUMN since timestamptz NOT NULL GENERATED ALWAYS AS (
  coalesce(CASE phase WHEN 'FIRING' THEN fired_at WHEN 'PENDING' THEN active_at ELSE resolved_at END, '1970-01-01T00:00:00Z')) STORED;

CREATE INDEX alert_shelf ON alert (project, shelf, since, fingerprint);

-- Each look writes all rows, and changes no key of them: with room beside them no index is touched.
ALTER TABLE alert SET (fillfactor = 50);
