-- Who applied a revision (user@host), from which commit of Git, and what it changed, in a line; null where that is not
-- known.
alter table revision add column applied_by varchar(400);
alter table revision add column code_commit varchar(100);
alter table revision add column summary varchar(400);

-- View versions whose data was deleted, or is being deleted: none of them ever comes back. Where their tables lay, a
-- folder a line, is kept so that a killed deletion can be ended; finished_at is null until nothing was left. Times are
-- microseconds by the clock of the project.
create table pruned_version (
  project varchar(200) not null,
  view_name varchar(200) not null,
  version integer not null,
  pruned_at bigint not null,
  pruned_by varchar(400) not null,
  folders text not null,
  finished_at bigint,
  primary key (project, view_name, version),
  foreign key (project, view_name, version) references view_version (project, view_name, version)
);
