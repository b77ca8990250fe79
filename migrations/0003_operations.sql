-- A change to many contacts: its scope, progress, exact outcome and undo.
create table operation (
  account_id bigint not null,
  id bigint generated always as identity,
  kind text not null,
  state text not null default 'queued'
    check (state in ('queued', 'running', 'needs_confirmation', 'done', 'cancelled', 'failed')),
  -- What the kind needs to do its work and what screens need to describe it; codes and values, never sentences.
  params jsonb not null default '{}',
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  total bigint not null default 0,
  done bigint not null default 0,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  cancel_requested_at timestamptz,
  -- A runner holds the operation for 60 s at a time; a late one sees a newer attempt and stops.
  lease_until timestamptz,
  attempt int not null default 0,
  failure text,
  undo_of bigint,
  undone_by bigint,
  primary key (account_id, id)
);
create index operation_recent on operation (account_id, created_at desc, id desc);
create index operation_unfinished on operation (lease_until) where state in ('queued', 'running');

-- The scope, fixed when it was confirmed: sorted ids, some 10,000 a chunk. A chunk is done with its effect or not at all.
create table operation_chunk (
  account_id bigint not null,
  operation_id bigint not null,
  number int not null,
  ids bigint[] not null,
  done_at timestamptz,
  primary key (account_id, operation_id, number)
);

-- What became of each contact: the groups of the result page, and the scope of an undo.
create table operation_outcome (
  account_id bigint not null,
  operation_id bigint not null,
  chunk int not null,
  outcome text not null,
  reason text not null default '',
  contacts int not null,
  contact_ids bigint[] not null,
  primary key (account_id, operation_id, outcome, reason, chunk)
);

-- After a mass change the planner must know it, or it compares every row with every other. Only an owner may analyze,
-- so the program asks for it by this function.
create function refresh_statistics(tables text[]) returns void
  language plpgsql security definer set search_path = public as $$
declare
  name text;
begin
  foreach name in array tables loop
    execute format('analyze %I', name);
  end loop;
end $$;
