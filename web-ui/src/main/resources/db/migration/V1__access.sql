-- Who may do what. An account belongs to the installation; what it may do is said per project.

create table project (
  name    text primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  title   text not null,
  created timestamptz not null default now()
);

create table account (
  name     text primary key check (name ~ '^[a-z0-9][a-z0-9._@-]{0,62}$'),
  password text not null,
  -- Raised by every change of the password; sessions of an older epoch are over.
  epoch    integer not null default 1,
  created  timestamptz not null default now()
);

create table membership (
  project text not null references project,
  account text not null references account,
  role    text not null check (role in ('VIEWER', 'REVIEWER', 'AUTHOR', 'ADMINISTRATOR')),
  primary key (project, account)
);

create index membership_account on membership (account);

-- Every change with its actor; rows are only ever added. No foreign keys: the record outlives what it tells of.
create table audit (
  project text not null,
  id      bigint generated always as identity,
  at      timestamptz not null,
  actor   text not null,
  action  text not null,
  subject text not null,
  detail  text not null,
  primary key (project, id)
);
