-- Workflows: contacts enter, and something is done with each of them, step by step.
create table workflow (
  account_id bigint not null,
  id bigint generated always as identity,
  name text not null,
  folder text not null default '',
  -- It acts with this person's rights, looked up when it runs.
  owner_id bigint not null,
  state text not null default 'draft' check (state in ('draft', 'on', 'off', 'paused')),
  -- Why it is paused: `owner_without_right`, `plan`, `spike`.
  pause_reason text,
  -- What people are building; the running version is in workflow_version.
  draft jsonb not null,
  -- Counts up with each saved draft, so that nobody overwrites what they have not seen.
  revision int not null default 1,
  -- The version that runs, or ran last.
  version int,
  -- Those who met its triggers when it was turned on are still to be entered, but for whoever enters after this enrollment.
  standing_since bigint,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by bigint,
  deleted_at timestamptz,
  primary key (account_id, id)
);
create unique index workflow_name on workflow (account_id, lower(name)) where deleted_at is null;
create index workflow_running on workflow (account_id, id) where state = 'on' and deleted_at is null;

create table workflow_version (
  account_id bigint not null,
  workflow_id bigint not null,
  version int not null,
  definition jsonb not null,
  made_at timestamptz not null,
  made_by bigint,
  primary key (account_id, workflow_id, version)
);

-- A contact in a workflow: where it is and when it goes on.
create table workflow_enrollment (
  account_id bigint not null,
  workflow_id bigint not null,
  id bigint generated always as identity,
  contact_id bigint not null,
  version int not null,
  state text not null
    check (state in ('active', 'working', 'waiting', 'retrying', 'parked', 'finished', 'left')),
  -- The step it is at; where it was, when it has ended.
  step text not null,
  -- When it goes on; of a claimed one, when the claim ends. Null when nothing will happen by itself.
  due_at timestamptz,
  -- It stands before a step that reaches outside: such steps are worked apart, so that a slow host delays nobody else.
  outside boolean not null default false,
  -- Counts up with each claim: what a late worker brings with an old number changes nothing.
  claim int not null default 0,
  -- Claims of this step that ended without a word, because their worker died.
  crashes smallint not null default 0,
  -- Tries of this step that could not be carried out.
  tries int not null default 0,
  -- Why it is retrying or parked, or has left.
  reason text,
  -- What brought it in: a trigger's place, `manual`, `api`, `workflow`.
  cause text not null,
  enrolled_at timestamptz not null,
  ended_at timestamptz,
  primary key (account_id, workflow_id, id)
) with (fillfactor = 85);
-- Nobody is in a workflow twice at a time.
create unique index workflow_enrollment_open on workflow_enrollment (account_id, workflow_id, contact_id)
  where ended_at is null;
create index workflow_enrollment_contact on workflow_enrollment (account_id, contact_id, workflow_id);
-- Few are in trouble or leave before the end: finding them must not read those that went through.
create index workflow_enrollment_rare on workflow_enrollment (account_id, workflow_id, state, id)
  where state in ('retrying', 'parked', 'left');
create index workflow_enrollment_due on workflow_enrollment (account_id, workflow_id, outside, due_at)
  where due_at is not null;

-- What happened to whom at which step, append-only.
create table workflow_history (
  account_id bigint not null,
  workflow_id bigint not null,
  enrollment_id bigint not null,
  id bigint generated always as identity,
  contact_id bigint not null,
  version int not null,
  step text not null,
  at timestamptz not null,
  -- `info` is a step that could not be carried out and will be tried again.
  kind text not null check (kind in ('enrolled', 'done', 'info', 'parked', 'finished', 'left')),
  outcome text not null default '',
  attempt int not null default 1,
  -- Values of the step: the way taken, the error, the next try.
  details jsonb not null default '{}',
  operation_id bigint,
  primary key (account_id, workflow_id, enrollment_id, id)
);
create index workflow_history_contact on workflow_history (account_id, contact_id, id desc);
create index workflow_history_trouble on workflow_history (account_id, workflow_id, kind, id)
  where kind in ('info', 'parked', 'left');
-- What seldom becomes of somebody is found without reading all that went as usual; lines of other outcomes pay nothing.
create index workflow_history_seldom on workflow_history (account_id, workflow_id, outcome, id)
  where outcome in ('protected', 'pinned', 'refused', 'held', 'paused', 'timed_out', 'skipped', 'gone', 'unfit', 'missing',
    'been_before', 'stopped', 'suppressed');
create index workflow_history_time on workflow_history using brin (at);

-- How many went through each step of a version with each outcome, and how many entered and ended.
create table workflow_tally (
  account_id bigint not null,
  workflow_id bigint not null,
  version int not null,
  step text not null,
  outcome text not null,
  day date not null,
  contacts bigint not null,
  primary key (account_id, workflow_id, version, step, outcome, day)
);

-- Whoever is deleted leaves at once, so that a contact restored before its delay ends does not go on. What is merged
-- lives on in its survivor, who is looked up when the step is due.
create function workflow_contact_deleted() returns trigger language plpgsql as $$
begin
  if not exists (select from workflow_enrollment e join after a on a.account_id = e.account_id and a.id = e.contact_id
    where a.deleted_at is not null and e.ended_at is null) then return null; end if;
  with gone as (
    update workflow_enrollment e set state = 'left', reason = 'deleted', due_at = null, ended_at = a.deleted_at
    from after a where e.account_id = a.account_id and e.contact_id = a.id and a.deleted_at is not null
      and e.ended_at is null
    returning e.account_id, e.workflow_id, e.id, e.contact_id, e.version, e.step, e.ended_at
  ), counted as (
    insert into workflow_tally as t (account_id, workflow_id, version, step, outcome, day, contacts)
    select g.account_id, g.workflow_id, g.version, g.step, 'left', (g.ended_at at time zone c.time_zone)::date, count(*)
    from gone g join account c on c.id = g.account_id group by 1, 2, 3, 4, 6 order by 1, 2, 3, 4
    on conflict (account_id, workflow_id, version, step, outcome, day)
      do update set contacts = t.contacts + excluded.contacts
  )
  insert into workflow_history (account_id, workflow_id, enrollment_id, contact_id, version, step, at, kind, outcome)
    select account_id, workflow_id, id, contact_id, version, step, ended_at, 'left', 'deleted' from gone;
  return null;
end $$;
create trigger workflow_contact_deleted after update on contact referencing new table as after
  for each statement execute function workflow_contact_deleted();

-- What trickles in from one source is one operation a day, so that it can be seen and taken back as one; after that has
-- been done the next change begins another.
create unique index operation_trickle on operation (account_id, kind, source_type, source_id, (params ->> 'trickle'))
  where params ? 'trickle' and undone_by is null;

-- Lists that are kept only to know when a contact begins to meet a workflow's filter: `place` is the trigger's, or the
-- delay's step.
create table workflow_filter (
  account_id bigint not null,
  workflow_id bigint not null,
  version int not null,
  place text not null,
  list_id bigint not null,
  -- Its list has been worked in: whoever joins it has come to meet the filter.
  settled boolean not null default false,
  primary key (account_id, workflow_id, version, place)
);
create index workflow_filter_list on workflow_filter (account_id, list_id);

-- Who met a filter at the moment from which it is listened to, in the order of ids, until its list has been worked in:
-- whoever of these joins the list is no news.
create table workflow_met (
  account_id bigint not null,
  list_id bigint not null,
  first_id bigint not null,
  last_id bigint not null,
  contact_ids bigint[] not null,
  primary key (account_id, list_id, first_id)
);
alter table workflow_met alter column contact_ids set storage external;

-- What running workflows of an account listen for: nothing else costs anything.
create table workflow_watch (
  account_id bigint primary key,
  -- `created`, `property:city`, `status:waiting`, `fact:opt_out`, `joined:12`, `left:12`.
  kinds text[] not null
);

-- What happened to contacts, one row a statement and kind, until workflows have heard it.
create table workflow_signal (
  account_id bigint not null,
  id bigint generated always as identity,
  kind text not null,
  contact_ids bigint[] not null,
  -- Of a changed property: what it became, in the same order.
  new_values text[],
  primary key (account_id, id)
);
alter table workflow_signal alter column contact_ids set storage external;

-- Whoever changes something shares this of the accounts it changes until it has been committed; turning on takes it
-- alone. So every change is either there when a workflow begins to listen, or knows that it does.
create function workflow_share_hearing(accounts bigint[]) returns void language sql as $$
  select pg_advisory_xact_lock_shared(hashtextextended('headroom.workflow_hearing', each.id))
  from (select distinct unnest(accounts) as id order by 1) each
$$;

create function workflow_contact_created() returns trigger language plpgsql as $$
begin
  perform workflow_share_hearing(array(select distinct account_id from inserted));
  if not exists (select from workflow_watch) then return null; end if;
  insert into workflow_signal (account_id, kind, contact_ids)
    select i.account_id, 'created', array_agg(i.id)
    from inserted i join workflow_watch w on w.account_id = i.account_id and 'created' = any(w.kinds)
    where i.deleted_at is null group by i.account_id;
  return null;
end $$;
create trigger workflow_contact_created after insert on contact referencing new table as inserted
  for each statement execute function workflow_contact_created();

create function workflow_property_changed() returns trigger language plpgsql as $$
begin
  perform workflow_share_hearing(array(select distinct account_id from inserted));
  if not exists (select from workflow_watch) then return null; end if;
  insert into workflow_signal (account_id, kind, contact_ids, new_values)
    select i.account_id, watched.kind, array_agg(i.contact_id), array_agg(i.new_values ->> watched.name)
    from inserted i
    join workflow_watch w on w.account_id = i.account_id
    cross join lateral (select kind, substr(kind, 10) as name from unnest(w.kinds) kind where kind like 'property:%') watched
    where i.new_values ? watched.name
    group by i.account_id, watched.kind;
  return null;
end $$;
create trigger workflow_property_changed after insert on property_change referencing new table as inserted
  for each statement execute function workflow_property_changed();

create function workflow_status_changed() returns trigger language plpgsql as $$
begin
  perform workflow_share_hearing(array(select distinct account_id from inserted));
  if not exists (select from workflow_watch) then return null; end if;
  insert into workflow_signal (account_id, kind, contact_ids)
    select changed.account_id, changed.kind, array_agg(changed.contact_id)
    from (select i.account_id, i.contact_id, case
        when i.kind in ('deleted', 'erased', 'merged') and i.until_after is null then null
        when i.kind = 'rescheduled' then null
        when i.until_after is null then 'status:non_marketing'
        when i.until_after = 'infinity' then 'status:marketing'
        else 'status:waiting' end as kind
      from inserted i) changed
    join workflow_watch w on w.account_id = changed.account_id and changed.kind = any(w.kinds)
    group by changed.account_id, changed.kind;
  return null;
end $$;
create trigger workflow_status_changed after insert on marketing_change referencing new table as inserted
  for each statement execute function workflow_status_changed();

create function workflow_fact_added() returns trigger language plpgsql as $$
begin
  perform workflow_share_hearing(array(select distinct account_id from inserted));
  if not exists (select from workflow_watch) then return null; end if;
  insert into workflow_signal (account_id, kind, contact_ids)
    select i.account_id, 'fact:' || i.kind, array_agg(i.contact_id)
    from inserted i join workflow_watch w on w.account_id = i.account_id and 'fact:' || i.kind = any(w.kinds)
    group by i.account_id, i.kind;
  return null;
end $$;
create trigger workflow_fact_added after insert on subscription_fact referencing new table as inserted
  for each statement execute function workflow_fact_added();

create function workflow_list_joined() returns trigger language plpgsql as $$
begin
  perform workflow_share_hearing(array(select distinct account_id from inserted));
  if not exists (select from workflow_watch) then return null; end if;
  insert into workflow_signal (account_id, kind, contact_ids)
    select i.account_id, 'joined:' || i.list_id, array_agg(i.contact_id)
    from inserted i join workflow_watch w on w.account_id = i.account_id and 'joined:' || i.list_id = any(w.kinds)
    group by i.account_id, i.list_id;
  return null;
end $$;
create trigger workflow_list_joined after insert on list_membership referencing new table as inserted
  for each statement execute function workflow_list_joined();

create function workflow_list_left() returns trigger language plpgsql as $$
begin
  perform workflow_share_hearing(array(select distinct account_id from removed));
  if not exists (select from workflow_watch) then return null; end if;
  insert into workflow_signal (account_id, kind, contact_ids)
    select r.account_id, 'left:' || r.list_id, array_agg(r.contact_id)
    from removed r join workflow_watch w on w.account_id = r.account_id and 'left:' || r.list_id = any(w.kinds)
    group by r.account_id, r.list_id;
  return null;
end $$;
create trigger workflow_list_left after delete on list_membership referencing old table as removed
  for each statement execute function workflow_list_left();
