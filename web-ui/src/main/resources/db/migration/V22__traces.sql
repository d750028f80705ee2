-- Of which trace the deciding event was, 32 hexadecimal digits; null where it was of none.
ALTER TABLE violation ADD COLUMN trace text;
