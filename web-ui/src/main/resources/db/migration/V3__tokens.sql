-- What programs show instead of a password: one row a token, of one project. The secret itself is nowhere.
create table token (
  id         text        primary key check (id ~ '^[a-z2-7]{10}$'),
  project    text        not null references project,
  name       text        not null,
  -- SHA-256; the secret has 256 random bits, so that no slow hash is needed.
  hash       bytea       not null check (octet_length(hash) = 32),
  scopes     text[]      not null,
  -- None: all streams of the project.
  streams    text[]      not null,
  created    timestamptz not null,
  created_by text        not null,
  expires    timestamptz,
  -- Written rarely: up to ten minutes behind.
  last_used  timestamptz,
  revoked    timestamptz,
  revoked_by text
);

create index token_project on token (project, created);
