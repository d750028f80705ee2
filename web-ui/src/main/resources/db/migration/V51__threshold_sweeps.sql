-- Backtests of one assertion with several thresholds: the same rows, leased the same way.

-- Which number is moved, and to what, as JSON; null where a draft is judged beside the rules in force.
alter table backtest add column sweep text;

-- The assertion of a sweep, for the list of its page; null as above.
alter table backtest add column assertion text;

create index backtest_sweeps on backtest (project, assertion, asked desc, id desc) where sweep is not null;
