-- Items that are events drawn at random, whether anything has flagged them or not: what people find in them says what
-- the rules miss. Their violation and assertion are ''.
ALTER TABLE label_item ADD COLUMN event json;

CREATE INDEX label_item_random ON label_item (project) WHERE event IS NOT NULL;
-- How right assertions are is asked by every look at the reviews.
CREATE INDEX label_item_found ON label_item (project, assertion, finding) WHERE finding IS NOT NULL AND event IS NULL;
