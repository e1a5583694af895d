-- What was asked for with a run (more than its own refreshes in a chunk of a backfill), and how long it took to
-- compute and commit; null where that is not known. Times are microseconds; took_micros is measured by a clock that
-- never stands still.
alter table run add column asked_first bigint;
alter table run add column asked_last bigint;
alter table run add column started_at bigint;
alter table run add column committed_at bigint;
alter table run add column took_micros bigint;
