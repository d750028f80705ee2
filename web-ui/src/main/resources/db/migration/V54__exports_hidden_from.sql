-- The reviewer whom the file tells no known answers of what they may be given; null: it tells all, as every older one
-- may, whoever started it.
ALTER TABLE export_run ADD COLUMN hidden_from text;
