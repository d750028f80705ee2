-- Hours in which not everything is kept are few, and found without a look at all others. A column of its own: an index of
-- what each violation changes would be written with each.
ALTER TABLE evidence_hour ADD COLUMN storm boolean NOT NULL GENERATED ALWAYS AS (violations > kept) STORED;
CREATE INDEX evidence_hour_of_storm ON evidence_hour (project, hour) WHERE storm;

-- What an instance of before V24 writes while it is being replaced: how bad its hour is at most is not known.
ALTER TABLE violation_hour ALTER COLUMN highest SET DEFAULT 'Infinity';
