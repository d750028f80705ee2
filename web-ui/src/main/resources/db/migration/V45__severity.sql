-- The most severe first, of equal ones the newest: an index of each day's partition, by which a list goes on from a key.
CREATE INDEX violation_worst ON violation (project, severity DESC, at DESC, id);
