-- What the ledger did to usage, in quarters of an hour and by what set it off: charts, statements and "why does it
-- differ" read this instead of millions of entries. Every zone's midnight falls on a quarter. Kept by a trigger because
-- every way of writing the ledger must move it, and none may forget.
create table usage_change (
  account_id bigint not null,
  -- The quarter's start; for `became_non_marketing` the update instant itself, however late it was entered.
  at timestamptz not null,
  kind text not null,
  source_type text not null,
  -- Empty, or 0, where there is none.
  source_id text not null,
  operation_id bigint not null,
  reason text not null,
  -- Slots keep writers out of each other's way.
  slot smallint not null check (slot between 0 and 31),
  raised bigint not null,
  lowered bigint not null,
  -- How many more wait for their update instant.
  waiting bigint not null,
  primary key (account_id, at, kind, source_type, source_id, operation_id, reason, slot)
);

create function usage_quarter(moment timestamptz) returns timestamptz
  language sql immutable parallel safe strict
  return date_bin('15 minutes', moment, timestamptz '2000-01-01 00:00:00+00');

create function usage_changed() returns trigger language plpgsql as $$
begin
  insert into usage_change as u (account_id, at, kind, source_type, source_id, operation_id, reason, slot,
    raised, lowered, waiting)
  select account_id, case when kind = 'became_non_marketing' then effective_at else usage_quarter(recorded_at) end,
    kind, source_type, coalesce(source_id, ''), coalesce(operation_id, 0), reason, pg_backend_pid() % 32,
    count(*) filter (where delta > 0), count(*) filter (where delta < 0),
    sum(coalesce((until_after < 'infinity')::int, 0) - coalesce((until_before < 'infinity')::int, 0))
  from entered group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
  on conflict (account_id, at, kind, source_type, source_id, operation_id, reason, slot) do update
    set raised = u.raised + excluded.raised, lowered = u.lowered + excluded.lowered,
      waiting = u.waiting + excluded.waiting;
  return null;
end $$;
create trigger usage_changed after insert on marketing_change referencing new table as entered
  for each statement execute function usage_changed();

-- Finds the operations of a year among the small changes of a year.
create index usage_change_operation on usage_change (account_id, at) where operation_id <> 0;
