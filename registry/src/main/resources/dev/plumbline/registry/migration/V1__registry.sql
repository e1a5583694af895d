-- All times are microseconds since 1970-01-01T00:00:00Z. The same text runs on SQLite and PostgreSQL.

create table revision (
  project varchar(200) not null,
  number integer not null,
  fingerprint char(64) not null,
  document text not null,
  applied_at bigint not null,
  primary key (project, number)
);

-- Rows are never removed: a short id is never given out again, a closed version stays closed.
create table view_version (
  project varchar(200) not null,
  view_name varchar(200) not null,
  version integer not null,
  short_id integer not null,
  meaning text not null,
  meaning_fingerprint char(64) not null,
  first_revision integer not null,
  last_stamp bigint,
  primary key (project, view_name, version),
  unique (project, short_id)
);

create table run (
  project varchar(200) not null,
  view_name varchar(200) not null,
  version integer not null,
  stamp bigint not null,
  kind varchar(16) not null,
  first_refresh bigint not null,
  last_refresh bigint not null,
  phase varchar(16) not null,
  row_count bigint,
  published_at bigint,
  primary key (project, view_name, version, stamp),
  foreign key (project, view_name, version) references view_version (project, view_name, version)
);

create table dataset (
  project varchar(200) not null,
  name varchar(200) not null,
  version integer not null,
  manifest text not null,
  content_hash varchar(200) not null,
  path text not null,
  created_at bigint not null,
  primary key (project, name, version)
);
