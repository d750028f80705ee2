-- Of a severity that few violations have, or none, a search finds the hours by this alone, and never goes through all.
CREATE INDEX violation_hour_by_highest ON violation_hour (project, highest);
