-- Rules that wait for a second person. No foreign keys: what was decided outlives who decided it.
create table rule_proposal (
  project      text        not null,
  id           bigint      generated always as identity,
  -- The generation that was in force, 0 for none; only what follows it is published.
  base         bigint      not null,
  author       text        not null,
  proposed     timestamptz not null,
  note         text        not null,
  -- The critical assertions that need the second person.
  assertions   text[]      not null,
  -- Whether rules that are changed in files would be changed in the web from then on.
  takes_home   boolean     not null,
  content_hash text        not null,
  -- As in rule_generation.
  content      bytea       not null,
  state        text        not null check (state in ('WAITING', 'APPROVED', 'DECLINED', 'WITHDRAWN')),
  decided_by   text,
  decided      timestamptz,
  reason       text        not null default '',
  -- What came of it, where it was approved.
  generation   bigint,
  primary key (project, id),
  check ((state = 'WAITING') = (decided is null and decided_by is null)),
  check ((state = 'APPROVED') = (generation is not null))
);

-- The same asked twice is one.
create unique index rule_proposal_waiting on rule_proposal (project, author, base, content_hash) where state = 'WAITING';
