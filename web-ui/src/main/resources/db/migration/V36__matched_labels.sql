-- Whether a label's prediction decided a violation with evidence, noted by whichever is stored last: to look for it
-- takes a look into every day's partition for each label.
ALTER TABLE label ADD COLUMN matched boolean NOT NULL DEFAULT false;

UPDATE label l SET matched = true WHERE EXISTS (
  SELECT FROM violation v WHERE v.project = l.project AND v.prediction = l.prediction AND v.prediction <> ''
    AND (l.stream = '' OR v.stream = l.stream));

CREATE INDEX label_numbers ON label (project, source, matched);
CREATE INDEX label_matched ON label (project, matched, received DESC, id DESC);
