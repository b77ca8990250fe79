-- Which of 32 rows of a tally a transaction counts in. A chunk of an operation holds its row for up to a second, so lanes
-- of operations (`headroom.lane`, set by the runner) have eight rows of their own, and requests never wait for them.
create function tally_slot() returns smallint language sql volatile
  return case when coalesce(current_setting('headroom.lane', true), '') = '' then pg_backend_pid() % 24
    else 24 + current_setting('headroom.lane', true)::bigint % 8 end;

create or replace function count_contacts(account bigint, change bigint) returns void language sql as $$
  insert into contact_tally as t (account_id, slot, contacts) values (account, tally_slot(), change)
    on conflict (account_id, slot) do update set contacts = t.contacts + excluded.contacts
$$;

create or replace function usage_changed() returns trigger language plpgsql as $$
declare
  own smallint := tally_slot();
begin
  insert into usage_change as u (account_id, at, kind, source_type, source_id, operation_id, reason, slot,
    raised, lowered, waiting)
  select account_id, case when kind = 'became_non_marketing' then effective_at else usage_quarter(recorded_at) end,
    kind, source_type, coalesce(source_id, ''), coalesce(operation_id, 0), reason, own,
    count(*) filter (where delta > 0), count(*) filter (where delta < 0),
    sum(coalesce((until_after < 'infinity')::int, 0) - coalesce((until_before < 'infinity')::int, 0))
  from entered group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
  on conflict (account_id, at, kind, source_type, source_id, operation_id, reason, slot) do update
    set raised = u.raised + excluded.raised, lowered = u.lowered + excluded.lowered,
      waiting = u.waiting + excluded.waiting;
  return null;
end $$;

-- What people count by most has few values, so an index of just these, without ids, keeps each combination once and is a
-- twentieth of the table: counting by any of them reads little more than what it counts.
create index contact_counted on contact (account_id, lifecyclestage, country, hs_lead_status, hs_language,
  hs_object_source, hubspot_owner_id, numemployees) where deleted_at is null;
-- The newest of a stage, a lead status, a country or a source are counted without looking at the contacts themselves.
drop index contact_created;
create index contact_created on contact (account_id, createdate desc, id desc)
  include (lifecyclestage, hs_lead_status, country, hs_object_source) where deleted_at is null;
