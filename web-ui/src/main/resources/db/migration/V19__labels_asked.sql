-- Until when all that was said in a project of Label Studio has been taken: only what is newer is taken again.
ALTER TABLE studio_project ADD COLUMN asked timestamptz;
