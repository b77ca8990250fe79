-- What was noted before a workflow was turned on, or before a contact began to wait, is no news to them.
alter table workflow add column hears_from bigint not null default 0;
alter table workflow_enrollment add column waits_from bigint not null default 0;
-- Signals before that one may still come to be known, from transactions that were open when it began to wait: they are
-- news. Null: there was none.
alter table workflow_enrollment add column waits_open xid8[];
alter table workflow_signal add column written_by xid8 not null default pg_current_xact_id();

-- What brought it to be done at its step, as long as it stands there: `happened`, `held`. Reasons of tries that fail
-- come and go.
alter table workflow_enrollment add column because text;
-- The claim by which it came to its step: each time it comes there is told apart, each try is not.
alter table workflow_enrollment add column arrived int not null default 0;

-- The step at which a repeated contact begins, if not at the start.
alter table workflow_enrollment add column begins_at text;

-- Newest first by workflow, and oldest first for what is forgotten: one index for both.
alter table workflow_history drop constraint workflow_history_pkey, add primary key (account_id, workflow_id, id);
drop index workflow_history_time;

-- Those who stand first are found without sorting everybody who is due at the same moment.
drop index workflow_enrollment_due;
create index workflow_enrollment_due on workflow_enrollment (account_id, workflow_id, outside, due_at, id)
  where due_at is not null;

-- Contacts that keep being changed to and fro: these workflows leave them alone until a person enters them by hand, or
-- turns on another version.
create table workflow_stop (
  account_id bigint not null,
  workflow_id bigint not null,
  contact_id bigint not null,
  version int not null,
  at timestamptz not null,
  primary key (account_id, workflow_id, contact_id)
);

create table workflow_setting (
  account_id bigint primary key,
  -- How long the history of what happened to whom is kept.
  history_days int not null check (history_days between 7 and 3650)
);

-- Contacts that wait for people: a raise that is held, or a workflow that was too fast.
create index workflow_enrollment_undecided on workflow_enrollment (account_id, contact_id)
  where state = 'waiting' and due_at is null;

create function workflow_hold_ended() returns trigger language plpgsql as $$
begin
  update workflow_enrollment e set due_at = a.ended_at
    from after a where a.ended_at is not null and e.account_id = a.account_id and e.contact_id = a.contact_id
      and e.state = 'waiting' and e.due_at is null and e.reason = 'held';
  return null;
end $$;
create trigger workflow_hold_ended after update on held_raise referencing new table as after
  for each statement execute function workflow_hold_ended();

create function workflow_source_resumed() returns trigger language plpgsql as $$
begin
  update workflow_enrollment e set due_at = a.resumed_at
    from after a where a.resumed_at is not null and a.source_type = 'WORKFLOW' and e.account_id = a.account_id
      and e.workflow_id::text = a.source_id and e.state = 'waiting' and e.due_at is null and e.reason = 'spike';
  return null;
end $$;
create trigger workflow_source_resumed after update on paused_source referencing new table as after
  for each statement execute function workflow_source_resumed();

-- Who is merged goes on as the survivor, at once, so that what happens to the survivor is heard; unless the survivor is
-- inside already.
create function workflow_contact_merged() returns trigger language plpgsql as $$
begin
  update workflow_enrollment e set contact_id = m.contact_id
    from merged m where e.account_id = m.account_id and e.contact_id = m.merged_id and e.ended_at is null
      and not exists (select from workflow_enrollment own where own.account_id = e.account_id
        and own.workflow_id = e.workflow_id and own.contact_id = m.contact_id and own.ended_at is null);
  if not exists (select from workflow_enrollment e join merged m on e.account_id = m.account_id
    and e.contact_id = m.merged_id where e.ended_at is null) then return null; end if;
  with gone as (
    update workflow_enrollment e set state = 'left', reason = 'merged', due_at = null, ended_at = m.merged_at
    from merged m where e.account_id = m.account_id and e.contact_id = m.merged_id and e.ended_at is null
    returning e.account_id, e.workflow_id, e.id, e.contact_id, e.version, e.step, e.ended_at
  ), counted as (
    insert into workflow_tally as t (account_id, workflow_id, version, step, outcome, day, contacts)
    select g.account_id, g.workflow_id, g.version, g.step, 'left', (g.ended_at at time zone c.time_zone)::date, count(*)
    from gone g join account c on c.id = g.account_id group by 1, 2, 3, 4, 6 order by 1, 2, 3, 4
    on conflict (account_id, workflow_id, version, step, outcome, day)
      do update set contacts = t.contacts + excluded.contacts
  )
  insert into workflow_history (account_id, workflow_id, enrollment_id, contact_id, version, step, at, kind, outcome)
    select account_id, workflow_id, id, contact_id, version, step, ended_at, 'left', 'merged' from gone;
  return null;
end $$;
create trigger workflow_contact_merged after insert on merged_contact referencing new table as merged
  for each statement execute function workflow_contact_merged();
