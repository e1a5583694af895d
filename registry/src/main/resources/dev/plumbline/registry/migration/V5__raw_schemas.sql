-- The raw columns of each source that could be reached when a revision was applied, for checks without the data.
create table raw_schema (
  project varchar(200) not null,
  revision integer not null,
  source varchar(200) not null,
  read_as text not null,
  place text not null,
  columns text not null,
  part text,
  seen_at bigint not null,
  primary key (project, revision, source),
  foreign key (project, revision) references revision (project, number)
);
