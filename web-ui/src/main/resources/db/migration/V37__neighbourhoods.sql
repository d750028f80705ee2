-- What is near the items that moved most, out of the record it comes in: a hundred kilobytes that no list reads.
-- Null where it is not known.
ALTER TABLE release_comparison ADD COLUMN neighbourhoods jsonb;
