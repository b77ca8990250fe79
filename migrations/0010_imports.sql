-- Files in: one row for each file, its plan, its dry run and, once started, its operation.
create table import (
  account_id bigint not null,
  id bigint generated always as identity,
  file_name text not null,
  state text not null default 'uploading'
    check (state in ('uploading', 'uploaded', 'reading', 'ready', 'started', 'failed')),
  bytes bigint not null default 0,
  read_bytes bigint not null default 0,
  -- Kind, encoding, delimiter, columns and first rows; the first rows go with the file.
  profile jsonb,
  shape jsonb,
  plan jsonb,
  -- How the rows lie in the staging table.
  staged jsonb,
  rows bigint,
  forecast jsonb,
  -- Code and values, never a sentence.
  failure jsonb,
  operation_id bigint,
  retry_of bigint,
  actor_type text not null,
  actor_id bigint,
  created_at timestamptz not null,
  -- The file's bytes are removed 90 days after the import, with the undo.
  file_removed_at timestamptz,
  primary key (account_id, id)
);
create index import_operation on import (account_id, operation_id) where operation_id is not null;

-- The file itself, in parts of about 1 MB: any worker on any machine can read it, and a lost staging table is rebuilt.
create table import_file_part (
  account_id bigint not null,
  import_id bigint not null,
  number int not null,
  bytes bytea not null,
  primary key (account_id, import_id, number)
);
alter table import_file_part alter column bytes set storage external;

create table import_rejection (
  account_id bigint not null,
  import_id bigint not null,
  line bigint not null,
  code text not null,
  details jsonb not null default '{}',
  -- The row as it stands in the file; null until fetched for those found by SQL.
  raw text[],
  -- Found while reading (pass 1) rather than while writing.
  reading boolean not null,
  retry_id bigint,
  primary key (account_id, import_id, line)
);

-- What somebody chose to export, so that a download is a plain address and the audit trail names its scope.
create table export (
  account_id bigint not null,
  id bigint generated always as identity,
  selection jsonb not null,
  columns jsonb,
  actor_type text not null,
  actor_id bigint,
  created_at timestamptz not null,
  primary key (account_id, id)
);

-- One unlogged table per import while it runs: fast to fill, gone after a crash, rebuilt from the parts.
create schema if not exists staging;
do $$ begin
  if exists (select from pg_roles where rolname = 'headroom_app') then
    grant usage, create on schema staging to headroom_app;
  end if;
end $$;
