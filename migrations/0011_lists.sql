-- Static and active lists. Who is in an active list is worked out from its filter and kept right by itself.
create table list_folder (
  account_id bigint not null,
  id bigint generated always as identity,
  name text not null,
  parent_id bigint,
  created_at timestamptz not null,
  primary key (account_id, id)
);
create unique index list_folder_name on list_folder (account_id, coalesce(parent_id, 0), lower(name));

create table list (
  account_id bigint not null,
  id bigint generated always as identity,
  name text not null,
  type text not null check (type in ('static', 'active')),
  folder_id bigint,
  -- Of a static list: the one it was converted from.
  filter jsonb,
  converted_at timestamptz,
  -- What decides about membership: `contact.city`, `custom.vip`, `marketing_contact`, `list.12`, or `*` for anything.
  reads text[] not null default '{}',
  -- Lists that name other lists are worked out after them.
  level int not null default 0,
  members bigint not null default 0,
  members_changed_at timestamptz,
  -- While a new filter is being worked in: contacts up to this id are done.
  built_to bigint,
  -- Transactions that may have changed contacts before the filter was watched: the work begins when they have ended.
  fence text[],
  -- The day and zone for which relative dates are right.
  day date,
  zone text,
  -- Why it cannot be worked out, as a text's key and details.
  problem jsonb,
  -- Kept for a later feature, which wants to know when somebody begins to meet a filter; people never see it.
  hidden boolean not null default false,
  created_at timestamptz not null,
  created_by_type text not null,
  created_by bigint,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (account_id, id),
  check (type = 'static' or filter is not null)
);
create unique index list_name on list (account_id, lower(name)) where deleted_at is null and not hidden;
create index list_building on list (account_id) where built_to is not null and deleted_at is null;
create index list_moving on list (account_id) where day is not null and deleted_at is null;

-- Members now. Of static lists it also says who added them when.
create table list_membership (
  account_id bigint not null,
  contact_id bigint not null,
  list_id bigint not null,
  added_at timestamptz not null,
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  primary key (account_id, contact_id, list_id)
);
create index list_membership_list on list_membership (account_id, list_id, contact_id);

-- Static memberships of deleted contacts: they come back when the contact is restored.
create table list_membership_kept (
  account_id bigint not null,
  contact_id bigint not null,
  list_id bigint not null,
  added_at timestamptz not null,
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  primary key (account_id, contact_id, list_id)
);

-- The size at the end of each account-local day on which somebody joined or left.
create table list_size (
  account_id bigint not null,
  list_id bigint not null,
  day date not null,
  members bigint not null,
  joined bigint not null default 0,
  gone bigint not null default 0,
  primary key (account_id, list_id, day)
);

-- Accounts that have lists, and what their active ones read: nothing else costs anything. Whoever works out lists, or
-- changes what they are, holds this row.
create table list_watch (
  account_id bigint primary key,
  active boolean not null,
  fields text[] not null
);

-- Contacts that changed and what of them, one row a statement, until their lists have been worked out.
create table list_touch (
  account_id bigint not null,
  id bigint generated always as identity,
  contact_ids bigint[] not null,
  contacts int not null generated always as (cardinality(contact_ids)) stored,
  -- Null: anything, as of a new contact.
  fields text[],
  -- Somebody was deleted, restored or merged: static lists are concerned too.
  living boolean not null default false,
  primary key (account_id, id)
);
alter table list_touch alter column contact_ids set storage external;

create function list_contact_inserted() returns trigger language plpgsql as $$
declare
  watch record;
begin
  if not exists (select from list_watch) then return null; end if;
  for watch in select w.account_id from list_watch w
    where w.active and w.account_id in (select i.account_id from inserted i)
  loop
    insert into list_touch (account_id, contact_ids)
      select watch.account_id, array_agg(i.id) from inserted i where i.account_id = watch.account_id;
  end loop;
  return null;
end $$;
create trigger list_contact_inserted after insert on contact referencing new table as inserted
  for each statement execute function list_contact_inserted();

create function list_contact_removed() returns trigger language plpgsql as $$
declare
  watch record;
begin
  if not exists (select from list_watch) then return null; end if;
  for watch in select w.account_id from list_watch w
    where w.account_id in (select r.account_id from removed r)
  loop
    insert into list_touch (account_id, contact_ids, living)
      select watch.account_id, array_agg(r.id), true from removed r where r.account_id = watch.account_id;
  end loop;
  return null;
end $$;
create trigger list_contact_removed after delete on contact referencing old table as removed
  for each statement execute function list_contact_removed();

-- Compares only the columns and custom properties that some list reads.
create function list_contact_changed() returns trigger language plpgsql as $$
declare
  watch record;
  tests text;
  names text;
begin
  if not exists (select from list_watch) then return null; end if;
  for watch in select w.account_id, w.fields from list_watch w
    where w.account_id in (select a.account_id from after a)
  loop
    select string_agg(format(', %s as t%s', test, n), '' order by n),
      string_agg(format(', case when bool_or(t%s) then %L end', n, field), '' order by n)
    into tests, names
    from (
      select field, row_number() over (order by field) as n,
        case when field like 'contact.%' then format('(b.%1$I is distinct from a.%1$I)', substr(field, 9))
          else format('((b.custom->>%1$L) is distinct from (a.custom->>%1$L))', substr(field, 8)) end as test
      from unnest(watch.fields) field where field like 'contact.%' or field like 'custom.%'
    ) tested;
    execute format($sql$
      insert into list_touch (account_id, contact_ids, fields, living)
      select $1, array_agg(id), case when not bool_or(moved) then array_remove(array[null::text%s], null) end, bool_or(moved)
      from (select a.id, (b.deleted_at is distinct from a.deleted_at) as moved%s
        from before b join after a on a.account_id = b.account_id and a.id = b.id
        where a.account_id = $1) changed
      where %s having count(*) > 0$sql$,
      names, tests,
      'moved' || coalesce((select string_agg(' or t' || n, '') from generate_series(1,
        (select count(*) from unnest(watch.fields) field where field like 'contact.%' or field like 'custom.%')) n), ''))
    using watch.account_id;
  end loop;
  return null;
end $$;
create trigger list_contact_changed after update on contact referencing old table as before new table as after
  for each statement execute function list_contact_changed();

-- Tables of facts about contacts: any change of a row counts, under the table's name.
create function list_fact_changed() returns trigger language plpgsql as $$
declare
  watch record;
begin
  if not exists (select from list_watch) then return null; end if;
  for watch in select w.account_id from list_watch w
    where tg_table_name = any(w.fields) and w.account_id in (select c.account_id from changed c)
  loop
    insert into list_touch (account_id, contact_ids, fields)
      select watch.account_id, array_agg(distinct c.contact_id), array[tg_table_name::text]
      from changed c where c.account_id = watch.account_id;
  end loop;
  return null;
end $$;

create trigger list_fact_inserted after insert on marketing_contact referencing new table as changed
  for each statement execute function list_fact_changed();
create trigger list_fact_changed after update on marketing_contact referencing new table as changed
  for each statement execute function list_fact_changed();
create trigger list_fact_removed after delete on marketing_contact referencing old table as changed
  for each statement execute function list_fact_changed();

create trigger list_fact_inserted after insert on subscription_fact referencing new table as changed
  for each statement execute function list_fact_changed();
create trigger list_fact_changed after update on subscription_fact referencing new table as changed
  for each statement execute function list_fact_changed();
create trigger list_fact_removed after delete on subscription_fact referencing old table as changed
  for each statement execute function list_fact_changed();

create trigger list_fact_inserted after insert on marketing_pin referencing new table as changed
  for each statement execute function list_fact_changed();
create trigger list_fact_changed after update on marketing_pin referencing new table as changed
  for each statement execute function list_fact_changed();
create trigger list_fact_removed after delete on marketing_pin referencing old table as changed
  for each statement execute function list_fact_changed();

create trigger list_fact_inserted after insert on contact_email referencing new table as changed
  for each statement execute function list_fact_changed();
create trigger list_fact_changed after update on contact_email referencing new table as changed
  for each statement execute function list_fact_changed();
create trigger list_fact_removed after delete on contact_email referencing old table as changed
  for each statement execute function list_fact_changed();

-- What happened to one list.
create index event_list on event (account_id, (details->>'listId'), id desc) where details ? 'listId';
