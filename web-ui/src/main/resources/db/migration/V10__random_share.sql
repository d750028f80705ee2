-- Items that are events drawn at random, whether anything has flagged them or not: what people find in them says what
-- the rules miss. Their violation and assertion are ''.
ALTER TABLE label_item ADD COLUMN event json;
