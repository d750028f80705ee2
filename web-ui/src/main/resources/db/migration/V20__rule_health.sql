-- What an assertion has judged in the seven days before the votes were counted, and how often it was violated; null
-- before the first time.
ALTER TABLE vote_estimate ADD COLUMN judged bigint;
ALTER TABLE vote_estimate ADD COLUMN violated bigint;
