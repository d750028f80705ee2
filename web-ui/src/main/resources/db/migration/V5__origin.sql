-- How a violation was found: 'live' as events came, 'repair' where an event that was put aside was judged in
-- its key's history. The latter alert nobody.
ALTER TABLE violation ADD COLUMN origin text NOT NULL DEFAULT 'live';
