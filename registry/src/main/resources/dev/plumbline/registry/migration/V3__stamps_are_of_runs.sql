-- The greatest stamp of a view version is that of its runs: a run that never committed leaves none.
alter table view_version drop column last_stamp;
