-- Which versions of a model there were, and since when, is asked every half minute while a round waits for one.
CREATE INDEX episode_version ON episode (project, stream, model_version, opened) WHERE model_version IS NOT NULL;
-- Whether anybody still says that a problem is known until a version.
CREATE INDEX label_verdict_known ON label_verdict (project, known_until) WHERE known_until IS NOT NULL AND undone IS NULL;
