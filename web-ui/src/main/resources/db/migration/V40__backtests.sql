-- Backtests, so that any instance knows them and none is lost at a restart.

-- The rules that they judged by, each set once.
create table backtest_rules (
  project      text  not null,
  content_hash text  not null,
  -- As in rule_generation.
  content      bytea not null,
  primary key (project, content_hash)
);

create table backtest (
  project   text        not null,
  id        text        not null,
  -- The file whose assertions are looked at, in the draft and in the rules in force ('': there were none).
  file      text        not null,
  draft     text        not null,
  in_force  text        not null,
  -- The generation in force when it was asked for, 0 for none.
  base      bigint      not null,
  -- Event time, "ends" not included.
  begins    timestamptz not null,
  ends      timestamptz not null,
  asked_by  text        not null,
  asked     timestamptz not null,
  state     text        not null default 'WAITING'
    check (state in ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED', 'INTERRUPTED')),
  -- Who judges, and until when that is believed without a word; by the database's clock.
  worker    text        not null default '',
  lease     timestamptz,
  attempts  integer     not null default 0,
  events    bigint      not null default 0,
  percent   integer     not null default 0,
  ended     timestamptz,
  trouble   text        not null default '',
  -- What came of it: violations by the rules in force and by the draft, and the whole as JSON.
  violations_in_force bigint,
  violations_draft    bigint,
  result    text,
  primary key (project, id),
  check ((state = 'DONE') = (result is not null)),
  check (state <> 'RUNNING' or lease is not null)
);

create index backtest_newest on backtest (project, asked desc, id desc);

-- The few that are to be judged, of all projects.
create index backtest_to_do on backtest (asked, id) where state in ('WAITING', 'RUNNING');
