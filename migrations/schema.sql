-- Written by `npm run schema` from the migrations; never edited by hand.

create extension unaccent;

CREATE OR REPLACE FUNCTION public.contact_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform count_contacts(c.account_id, c.contacts)
    from (select account_id, sum(living)::bigint as contacts
          from (select account_id, 1 as living from after where deleted_at is null
                union all
                select account_id, -1 from before where deleted_at is null) sides
          group by 1 having sum(living) <> 0 order by 1) c;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.contact_inserted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform count_contacts(i.account_id, i.contacts)
    from (select account_id, count(*) as contacts from inserted where deleted_at is null group by 1 order by 1) i;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.contact_removed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform count_contacts(r.account_id, -r.contacts)
    from (select account_id, count(*) as contacts from removed where deleted_at is null group by 1 order by 1) r;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.count_contacts(account bigint, change bigint)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into contact_tally as t (account_id, slot, contacts) values (account, tally_slot(), change)
    on conflict (account_id, slot) do update set contacts = t.contacts + excluded.contacts
$function$
;
CREATE OR REPLACE FUNCTION public.delete_account_data(doomed bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  tables oid[];
  pending oid[];
  next_table oid;
  found_rows bigint;
  removed bigint;
begin
  if not exists (select from account where id = doomed and closed_at is not null) then
    raise exception 'account % is not closed', doomed;
  end if;
  select array_agg(class.oid) into tables
  from pg_class class
  join pg_attribute attribute on attribute.attrelid = class.oid and attribute.attname = 'account_id'
  where class.relnamespace = 'public'::regnamespace and class.relkind in ('r', 'p') and not class.relispartition
    and not attribute.attisdropped;
  loop
    removed := 0;
    pending := tables;
    while cardinality(pending) > 0 loop
      select candidate into next_table
      from unnest(pending) candidate
      order by exists (
        select from pg_constraint
        where contype = 'f' and confrelid = candidate and conrelid <> candidate and conrelid = any(pending)
      ), candidate desc
      limit 1;
      execute format('delete from %s where account_id = $1', next_table::regclass) using doomed;
      get diagnostics found_rows = row_count;
      removed := removed + found_rows;
      pending := array_remove(pending, next_table);
    end loop;
    exit when removed = 0;
  end loop;
  delete from account where id = doomed and closed_at < now() - interval '1 day';
end $function$
;
CREATE OR REPLACE FUNCTION public.fold(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN lower(unaccent('unaccent'::regdictionary, value))
;
CREATE OR REPLACE FUNCTION public.list_contact_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.list_contact_inserted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.list_contact_removed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.list_fact_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.refresh_statistics(tables text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
declare
  name text;
begin
  foreach name in array tables loop
    execute format('analyze %I', name);
  end loop;
end $function$
;
CREATE OR REPLACE FUNCTION public.search_query(account_id bigint, value text)
 RETURNS tsquery
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN (SELECT (string_agg(((''''::text || word.word) || ''':*'::text), ' & '::text))::tsquery AS string_agg FROM unnest(tsvector_to_array(search_words(search_query.account_id, search_query.value))) word(word) WHERE (word.word <> (search_query.account_id || '/'::text)))
;
CREATE OR REPLACE FUNCTION public.search_words(account_id bigint, value text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN array_to_tsvector(string_to_array(((account_id || '/'::text) || regexp_replace(fold(value), '[^[:alnum:]]+'::text, ((' '::text || account_id) || '/'::text), 'g'::text)), ' '::text))
;
CREATE OR REPLACE FUNCTION public.tally_slot()
 RETURNS smallint
 LANGUAGE sql
RETURN CASE WHEN (COALESCE(current_setting('headroom.lane'::text, true), ''::text) = ''::text) THEN ((pg_backend_pid() % 24))::bigint ELSE (24 + ((current_setting('headroom.lane'::text, true))::bigint % (8)::bigint)) END
;
CREATE OR REPLACE FUNCTION public.text_key(value text, seed bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN hashtextextended(CASE WHEN (octet_length(value) = length(value)) THEN lower((value COLLATE "C")) ELSE fold(value) END, seed)
;
CREATE OR REPLACE FUNCTION public.token_pattern(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN replace((('% '::text || btrim(regexp_replace(fold(value), '[^[:alnum:]*]+'::text, ' '::text, 'g'::text))) || ' %'::text), '*'::text, '%'::text)
;
CREATE OR REPLACE FUNCTION public.token_text(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN ((' '::text || btrim(regexp_replace(fold(value), '[^[:alnum:]]+'::text, ' '::text, 'g'::text))) || ' '::text)
;
CREATE OR REPLACE FUNCTION public.usage_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.usage_quarter(moment timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN date_bin('00:15:00'::interval, moment, '2000-01-01 00:00:00+00'::timestamp with time zone)
;
CREATE OR REPLACE FUNCTION public.workflow_contact_created()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform workflow_share_hearing(array(select distinct account_id from inserted));
  if not exists (select from workflow_watch) then return null; end if;
  insert into workflow_signal (account_id, kind, contact_ids)
    select i.account_id, 'created', array_agg(i.id)
    from inserted i join workflow_watch w on w.account_id = i.account_id and 'created' = any(w.kinds)
    where i.deleted_at is null group by i.account_id;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.workflow_contact_deleted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.workflow_contact_merged()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.workflow_fact_added()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform workflow_share_hearing(array(select distinct account_id from inserted));
  if not exists (select from workflow_watch) then return null; end if;
  insert into workflow_signal (account_id, kind, contact_ids)
    select i.account_id, 'fact:' || i.kind, array_agg(i.contact_id)
    from inserted i join workflow_watch w on w.account_id = i.account_id and 'fact:' || i.kind = any(w.kinds)
    group by i.account_id, i.kind;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.workflow_hold_ended()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update workflow_enrollment e set due_at = a.ended_at
    from after a where a.ended_at is not null and e.account_id = a.account_id and e.contact_id = a.contact_id
      and e.state = 'waiting' and e.due_at is null and e.reason = 'held';
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.workflow_list_joined()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform workflow_share_hearing(array(select distinct account_id from inserted));
  if not exists (select from workflow_watch) then return null; end if;
  insert into workflow_signal (account_id, kind, contact_ids)
    select i.account_id, 'joined:' || i.list_id, array_agg(i.contact_id)
    from inserted i join workflow_watch w on w.account_id = i.account_id and 'joined:' || i.list_id = any(w.kinds)
    group by i.account_id, i.list_id;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.workflow_list_left()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform workflow_share_hearing(array(select distinct account_id from removed));
  if not exists (select from workflow_watch) then return null; end if;
  insert into workflow_signal (account_id, kind, contact_ids)
    select r.account_id, 'left:' || r.list_id, array_agg(r.contact_id)
    from removed r join workflow_watch w on w.account_id = r.account_id and 'left:' || r.list_id = any(w.kinds)
    group by r.account_id, r.list_id;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.workflow_property_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.workflow_share_hearing(accounts bigint[])
 RETURNS void
 LANGUAGE sql
AS $function$
  select pg_advisory_xact_lock_shared(hashtextextended('headroom.workflow_hearing', each.id))
  from (select distinct unnest(accounts) as id order by 1) each
$function$
;
CREATE OR REPLACE FUNCTION public.workflow_source_resumed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update workflow_enrollment e set due_at = a.resumed_at
    from after a where a.resumed_at is not null and a.source_type = 'WORKFLOW' and e.account_id = a.account_id
      and e.workflow_id::text = a.source_id and e.state = 'waiting' and e.due_at is null and e.reason = 'spike';
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.workflow_status_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

create table account (
  id bigint generated always as identity not null,
  name text not null,
  time_zone text not null,
  language text not null,
  created_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_language_check CHECK ((language = ANY (ARRAY['en'::text, 'sv'::text, 'pl'::text])))
);

create table account_member (
  account_id bigint not null,
  user_id bigint not null,
  role_id bigint not null,
  active boolean default true not null,
  joined_at timestamp with time zone not null,
  constraint account_member_pkey PRIMARY KEY (account_id, user_id)
);

create table account_request (
  account_id bigint not null,
  id bigint generated always as identity not null,
  kind text not null,
  name text not null,
  user_id bigint not null,
  note text default ''::text not null,
  created_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  answered_by bigint,
  answer text,
  constraint account_request_pkey PRIMARY KEY (account_id, id),
  constraint account_request_answer_check CHECK ((answer = ANY (ARRAY['granted'::text, 'declined'::text]))),
  constraint account_request_kind_check CHECK ((kind = ANY (ARRAY['permission'::text, 'feature'::text])))
);

create table api_token (
  account_id bigint not null,
  id bigint generated always as identity not null,
  name text not null,
  prefix text not null,
  token_hash bytea not null,
  permissions text[] not null,
  created_by bigint,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_token_pkey PRIMARY KEY (account_id, id)
);

create table app_user (
  id bigint generated always as identity not null,
  email text not null,
  name text not null,
  password_hash text,
  language text not null,
  time_zone text not null,
  operator boolean default false not null,
  created_at timestamp with time zone not null,
  constraint app_user_email_key UNIQUE (email),
  constraint app_user_pkey PRIMARY KEY (id),
  constraint app_user_language_check CHECK ((language = ANY (ARRAY['en'::text, 'sv'::text, 'pl'::text])))
);

create table billing_account (
  account_id bigint not null,
  plan text not null,
  marketing_enabled boolean default true not null,
  counting text not null,
  term text not null,
  renewal_on date not null,
  tier integer not null,
  maximum integer,
  currency text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  policy text default 'hold'::text not null,
  constraint billing_account_pkey PRIMARY KEY (account_id),
  constraint billing_account_counting_check CHECK ((counting = ANY (ARRAY['vendor'::text, 'clients'::text, 'count'::text]))),
  constraint billing_account_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint billing_account_maximum_check CHECK ((maximum >= 0)),
  constraint billing_account_plan_check CHECK ((plan = ANY (ARRAY['starter'::text, 'professional'::text, 'enterprise'::text]))),
  constraint billing_account_policy_check CHECK ((policy = ANY (ARRAY['hold'::text, 'move_up'::text, 'refuse'::text]))),
  constraint billing_account_term_check CHECK ((term = ANY (ARRAY['monthly'::text, 'yearly'::text]))),
  constraint billing_account_tier_check CHECK ((tier > 0))
);

create table billing_booking (
  account_id bigint not null,
  what text not null,
  plan text,
  tier integer,
  booked_at timestamp with time zone not null,
  actor_type text not null,
  actor_id bigint,
  constraint billing_booking_pkey PRIMARY KEY (account_id, what),
  constraint billing_booking_check CHECK (((what = 'plan'::text) = (plan IS NOT NULL))),
  constraint billing_booking_check1 CHECK (((what = 'tier'::text) OR (tier IS NULL))),
  constraint billing_booking_plan_check CHECK ((plan = ANY (ARRAY['starter'::text, 'professional'::text, 'enterprise'::text]))),
  constraint billing_booking_tier_check CHECK ((tier > 0)),
  constraint billing_booking_what_check CHECK ((what = ANY (ARRAY['plan'::text, 'tier'::text])))
);

create table billing_clock (
  account_id bigint not null,
  done_until timestamp with time zone not null,
  next_at timestamp with time zone,
  announced_at timestamp with time zone,
  announced_tier integer,
  constraint billing_clock_pkey PRIMARY KEY (account_id)
);

create table billing_contact (
  account_id bigint not null,
  id bigint generated always as identity not null,
  email text not null,
  added_at timestamp with time zone not null,
  added_by bigint,
  confirmed_at timestamp with time zone,
  confirmed_by bigint,
  constraint billing_contact_pkey PRIMARY KEY (account_id, id)
);

create table calendar_feed (
  account_id bigint not null,
  user_id bigint not null,
  token_hash bytea not null,
  created_at timestamp with time zone not null,
  constraint calendar_feed_token_hash_key UNIQUE (token_hash),
  constraint calendar_feed_pkey PRIMARY KEY (account_id, user_id)
);

create table cleanup_draft (
  account_id bigint not null,
  id bigint generated always as identity not null,
  actor_type text not null,
  actor_id bigint,
  choice jsonb not null,
  operation_id bigint,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint cleanup_draft_pkey PRIMARY KEY (account_id, id)
);

create table cleanup_notice (
  account_id bigint not null,
  kind text not null,
  update_at timestamp with time zone not null,
  at timestamp with time zone not null,
  details jsonb default '{}'::jsonb not null,
  constraint cleanup_notice_pkey PRIMARY KEY (account_id, kind, update_at),
  constraint cleanup_notice_kind_check CHECK ((kind = ANY (ARRAY['reminder'::text, 'receipt'::text])))
);

create table cleanup_plan (
  account_id bigint not null,
  id bigint generated always as identity not null,
  name text not null,
  choice jsonb not null,
  owner_id bigint not null,
  run_before integer not null,
  run_unit text not null,
  notice_before integer not null,
  notice_unit text not null,
  state text default 'on'::text not null,
  paused_reason text,
  on_since timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint cleanup_plan_pkey PRIMARY KEY (account_id, id),
  constraint cleanup_plan_notice_before_check CHECK ((notice_before > 0)),
  constraint cleanup_plan_notice_unit_check CHECK ((notice_unit = ANY (ARRAY['hours'::text, 'days'::text]))),
  constraint cleanup_plan_run_before_check CHECK ((run_before > 0)),
  constraint cleanup_plan_run_unit_check CHECK ((run_unit = ANY (ARRAY['hours'::text, 'days'::text]))),
  constraint cleanup_plan_state_check CHECK ((state = ANY (ARRAY['on'::text, 'paused'::text])))
);

create table cleanup_run (
  account_id bigint not null,
  plan_id bigint not null,
  update_at timestamp with time zone not null,
  state text not null,
  announced_at timestamp with time zone,
  announced integer,
  run_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  operation_id bigint,
  ended_by bigint,
  reason text,
  constraint cleanup_run_pkey PRIMARY KEY (account_id, plan_id, update_at),
  constraint cleanup_run_state_check CHECK ((state = ANY (ARRAY['announced'::text, 'skipped'::text, 'done'::text, 'missed'::text, 'paused'::text])))
);

create table cleanup_setting (
  account_id bigint not null,
  reminder_days integer,
  constraint cleanup_setting_pkey PRIMARY KEY (account_id),
  constraint cleanup_setting_reminder_days_check CHECK (((reminder_days >= 1) AND (reminder_days <= 20)))
);

create table contact (
  account_id bigint not null,
  id bigint generated always as identity not null,
  email text,
  firstname text,
  lastname text,
  salutation text,
  phone text,
  mobilephone text,
  fax text,
  company text,
  jobtitle text,
  industry text,
  website text,
  twitterhandle text,
  address text,
  city text,
  state text,
  zip text,
  country text,
  numemployees text,
  annualrevenue numeric,
  hs_language text,
  lifecyclestage text,
  hs_lead_status text,
  hubspot_owner_id bigint,
  hs_email_last_send_date timestamp with time zone,
  hs_email_last_open_date timestamp with time zone,
  hs_email_last_click_date timestamp with time zone,
  recent_conversion_date timestamp with time zone,
  hs_object_source text default 'CRM_UI'::text not null,
  hs_object_source_id text,
  hs_merged_object_ids text,
  createdate timestamp with time zone not null,
  lastmodifieddate timestamp with time zone not null,
  deleted_at timestamp with time zone,
  custom jsonb storage main default '{}'::jsonb not null,
  search tsvector generated always as (search_words(account_id, (((((((((((((("left"(COALESCE(firstname, ''::text), 100) || ' '::text) || "left"(COALESCE(lastname, ''::text), 100)) || ' '::text) || "left"(COALESCE(email, ''::text), 254)) || ' '::text) || "left"(COALESCE(company, ''::text), 200)) || ' '::text) || "left"(COALESCE(phone, ''::text), 40)) || ' '::text) || translate("left"(COALESCE(phone, ''::text), 40), ' +-()./'::text, ''::text)) || ' '::text) || "left"(COALESCE(mobilephone, ''::text), 40)) || ' '::text) || translate("left"(COALESCE(mobilephone, ''::text), 40), ' +-()./'::text, ''::text)))) stored,
  company_key bigint generated always as (
CASE
    WHEN ((firstname <> ''::text) AND (lastname <> ''::text) AND (company <> ''::text)) THEN text_key(company, text_key(lastname, text_key(firstname, (0)::bigint)))
    ELSE NULL::bigint
END) stored,
  phone_key bigint generated always as (
CASE
    WHEN ((firstname <> ''::text) AND (lastname <> ''::text) AND (translate(phone, ' +-()./'::text, ''::text) <> ''::text)) THEN text_key(translate(phone, ' +-()./'::text, ''::text), text_key(lastname, text_key(firstname, (1)::bigint)))
    ELSE NULL::bigint
END) stored,
  constraint contact_pkey PRIMARY KEY (account_id, id) INCLUDE (deleted_at, lifecyclestage, hs_lead_status, hubspot_owner_id, country, state, city, industry, numemployees, hs_language, hs_object_source, createdate, recent_conversion_date, hs_email_last_open_date),
  constraint contact_city_check CHECK ((length(city) <= 100)),
  constraint contact_country_check CHECK ((length(country) <= 100)),
  constraint contact_industry_check CHECK ((length(industry) <= 100)),
  constraint contact_state_check CHECK ((length(state) <= 100))
) with (toast_tuple_target=8160);

create table contact_email (
  account_id bigint not null,
  email_key text not null,
  contact_id bigint not null,
  email text not null,
  is_primary boolean not null,
  created_at timestamp with time zone not null,
  constraint contact_email_pkey PRIMARY KEY (account_id, email_key)
);

create table contact_tally (
  account_id bigint not null,
  slot smallint not null,
  contacts bigint not null,
  constraint contact_tally_pkey PRIMARY KEY (account_id, slot),
  constraint contact_tally_slot_check CHECK (((slot >= 0) AND (slot <= 31)))
);

create table deleted_contact (
  account_id bigint not null,
  contact_id bigint not null,
  deleted_at timestamp with time zone not null,
  operation_id bigint,
  emails jsonb not null,
  kept_until timestamp with time zone,
  kept_source_type text,
  kept_source_id text,
  constraint deleted_contact_pkey PRIMARY KEY (account_id, contact_id)
);

create table event (
  account_id bigint not null,
  id bigint generated always as identity not null,
  type text not null,
  at timestamp with time zone not null,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  details jsonb default '{}'::jsonb not null,
  constraint event_pkey PRIMARY KEY (account_id, id)
);

create table export (
  account_id bigint not null,
  id bigint generated always as identity not null,
  selection jsonb not null,
  columns jsonb,
  actor_type text not null,
  actor_id bigint,
  created_at timestamp with time zone not null,
  constraint export_pkey PRIMARY KEY (account_id, id)
);

create table held_raise (
  account_id bigint not null,
  contact_id bigint not null,
  id bigint generated always as identity not null,
  since timestamp with time zone not null,
  until timestamp with time zone not null,
  why text not null,
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  include_protected boolean default false not null,
  consent jsonb default '[]'::jsonb not null,
  ended_at timestamp with time zone,
  ended_by text,
  ended_operation_id bigint,
  constraint held_raise_pkey PRIMARY KEY (account_id, contact_id, id),
  constraint held_raise_check CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  constraint held_raise_ended_by_check CHECK ((ended_by = ANY (ARRAY['approved'::text, 'declined'::text, 'raised'::text, 'deleted'::text, 'erased'::text, 'merged'::text, 'protected'::text, 'pinned'::text, 'lowered'::text, 'undone'::text]))),
  constraint held_raise_why_check CHECK ((why = ANY (ARRAY['limit'::text, 'maximum'::text])))
);

create table help_answer (
  account_id bigint not null,
  user_id bigint not null,
  article text not null,
  language text not null,
  helpful boolean not null,
  comment text default ''::text not null,
  answered_at timestamp with time zone not null,
  constraint help_answer_pkey PRIMARY KEY (account_id, user_id, article),
  constraint help_answer_language_check CHECK ((language = ANY (ARRAY['en'::text, 'sv'::text, 'pl'::text])))
);

create table import (
  account_id bigint not null,
  id bigint generated always as identity not null,
  file_name text not null,
  state text default 'uploading'::text not null,
  bytes bigint default 0 not null,
  read_bytes bigint default 0 not null,
  profile jsonb,
  shape jsonb,
  plan jsonb,
  staged jsonb,
  rows bigint,
  forecast jsonb,
  failure jsonb,
  operation_id bigint,
  retry_of bigint,
  actor_type text not null,
  actor_id bigint,
  created_at timestamp with time zone not null,
  file_removed_at timestamp with time zone,
  constraint import_pkey PRIMARY KEY (account_id, id),
  constraint import_state_check CHECK ((state = ANY (ARRAY['uploading'::text, 'uploaded'::text, 'reading'::text, 'ready'::text, 'started'::text, 'failed'::text])))
);

create table import_file_part (
  account_id bigint not null,
  import_id bigint not null,
  number integer not null,
  bytes bytea storage external not null,
  constraint import_file_part_pkey PRIMARY KEY (account_id, import_id, number)
);

create table import_rejection (
  account_id bigint not null,
  import_id bigint not null,
  line bigint not null,
  code text not null,
  details jsonb default '{}'::jsonb not null,
  raw text[],
  reading boolean not null,
  retry_id bigint,
  constraint import_rejection_pkey PRIMARY KEY (account_id, import_id, line)
);

create table invitation (
  account_id bigint not null,
  id bigint generated always as identity not null,
  email text not null,
  role_id bigint not null,
  token_hash bytea not null,
  invited_by bigint,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  mail text default 'none'::text not null,
  constraint invitation_pkey PRIMARY KEY (account_id, id),
  constraint invitation_mail_check CHECK ((mail = ANY (ARRAY['none'::text, 'queued'::text, 'sent'::text, 'failed'::text])))
);

create table limit_alert (
  account_id bigint not null,
  threshold smallint not null,
  above boolean not null,
  armed boolean not null,
  period_start timestamp with time zone,
  crossed_at timestamp with time zone,
  changed_at timestamp with time zone,
  constraint limit_alert_pkey PRIMARY KEY (account_id, threshold)
);

create table list (
  account_id bigint not null,
  id bigint generated always as identity not null,
  name text not null,
  type text not null,
  folder_id bigint,
  filter jsonb,
  converted_at timestamp with time zone,
  reads text[] default '{}'::text[] not null,
  level integer default 0 not null,
  members bigint default 0 not null,
  members_changed_at timestamp with time zone,
  built_to bigint,
  fence text[],
  day date,
  zone text,
  problem jsonb,
  hidden boolean default false not null,
  created_at timestamp with time zone not null,
  created_by_type text not null,
  created_by bigint,
  updated_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint list_pkey PRIMARY KEY (account_id, id),
  constraint list_check CHECK (((type = 'static'::text) OR (filter IS NOT NULL))),
  constraint list_type_check CHECK ((type = ANY (ARRAY['static'::text, 'active'::text])))
);

create table list_folder (
  account_id bigint not null,
  id bigint generated always as identity not null,
  name text not null,
  parent_id bigint,
  created_at timestamp with time zone not null,
  constraint list_folder_pkey PRIMARY KEY (account_id, id)
);

create table list_membership (
  account_id bigint not null,
  contact_id bigint not null,
  list_id bigint not null,
  added_at timestamp with time zone not null,
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  constraint list_membership_pkey PRIMARY KEY (account_id, contact_id, list_id)
);

create table list_membership_kept (
  account_id bigint not null,
  contact_id bigint not null,
  list_id bigint not null,
  added_at timestamp with time zone not null,
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  constraint list_membership_kept_pkey PRIMARY KEY (account_id, contact_id, list_id)
);

create table list_size (
  account_id bigint not null,
  list_id bigint not null,
  day date not null,
  members bigint not null,
  joined bigint default 0 not null,
  gone bigint default 0 not null,
  constraint list_size_pkey PRIMARY KEY (account_id, list_id, day)
);

create table list_touch (
  account_id bigint not null,
  id bigint generated always as identity not null,
  contact_ids bigint[] storage external not null,
  contacts integer generated always as (cardinality(contact_ids)) stored not null,
  fields text[],
  living boolean default false not null,
  constraint list_touch_pkey PRIMARY KEY (account_id, id)
);

create table list_watch (
  account_id bigint not null,
  active boolean not null,
  fields text[] not null,
  constraint list_watch_pkey PRIMARY KEY (account_id)
);

create table login_throttle (
  key text not null,
  attempts integer not null,
  window_ends_at timestamp with time zone not null,
  constraint login_throttle_pkey PRIMARY KEY (key)
);

create table mail_setting (
  only_one boolean default true not null,
  host text not null,
  port integer not null,
  security text not null,
  username text default ''::text not null,
  password_sealed text,
  from_address text not null,
  from_name text default ''::text not null,
  base_url text,
  updated_at timestamp with time zone not null,
  constraint mail_setting_pkey PRIMARY KEY (only_one),
  constraint mail_setting_only_one_check CHECK (only_one),
  constraint mail_setting_port_check CHECK (((port >= 1) AND (port <= 65535))),
  constraint mail_setting_security_check CHECK ((security = ANY (ARRAY['tls'::text, 'starttls'::text, 'none'::text])))
);

create table marketing_change (
  account_id bigint not null,
  contact_id bigint not null,
  id bigint generated always as identity not null,
  kind text not null,
  until_before timestamp with time zone,
  until_after timestamp with time zone,
  recorded_at timestamp with time zone not null,
  effective_at timestamp with time zone not null,
  delta smallint not null,
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  reason text default ''::text not null,
  constraint marketing_change_pkey PRIMARY KEY (account_id, contact_id, id),
  constraint marketing_change_delta_check CHECK (((delta >= '-1'::integer) AND (delta <= 1))),
  constraint marketing_change_kind_check CHECK ((kind = ANY (ARRAY['set_marketing'::text, 'scheduled'::text, 'unscheduled'::text, 'rescheduled'::text, 'became_non_marketing'::text, 'deleted'::text, 'restored'::text, 'merged'::text, 'erased'::text, 'undone'::text])))
);

create table marketing_contact (
  account_id bigint not null,
  contact_id bigint not null,
  since timestamp with time zone not null,
  until timestamp with time zone not null,
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  used_at timestamp with time zone,
  constraint marketing_contact_pkey PRIMARY KEY (account_id, contact_id) INCLUDE (until)
) with (fillfactor=90);

create table marketing_pin (
  account_id bigint not null,
  contact_id bigint not null,
  pin text not null,
  at timestamp with time zone not null,
  actor_type text not null,
  actor_id bigint,
  constraint marketing_pin_pkey PRIMARY KEY (account_id, contact_id),
  constraint marketing_pin_pin_check CHECK ((pin = ANY (ARRAY['always'::text, 'never'::text])))
);

create table marketing_setting (
  account_id bigint not null,
  schedule_protected boolean default true not null,
  spike_percent integer default 20 not null,
  spike_contacts integer default 500 not null,
  constraint marketing_setting_pkey PRIMARY KEY (account_id),
  constraint marketing_setting_spike_contacts_check CHECK ((spike_contacts >= 0)),
  constraint marketing_setting_spike_percent_check CHECK (((spike_percent >= 0) AND (spike_percent <= 100)))
);

create table merged_contact (
  account_id bigint not null,
  merged_id bigint not null,
  contact_id bigint not null,
  merged_at timestamp with time zone not null,
  constraint merged_contact_pkey PRIMARY KEY (account_id, merged_id)
);

create table note (
  account_id bigint not null,
  contact_id bigint not null,
  id bigint generated always as identity not null,
  body text not null,
  author_id bigint,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint note_pkey PRIMARY KEY (account_id, contact_id, id),
  constraint note_body_check CHECK ((length(body) <= 65536))
);

create table notice (
  account_id bigint not null,
  id bigint generated always as identity not null,
  user_id bigint not null,
  key text not null,
  details jsonb default '{}'::jsonb not null,
  link text not null,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  mail text default 'none'::text not null,
  constraint notice_pkey PRIMARY KEY (account_id, id),
  constraint notice_mail_check CHECK ((mail = ANY (ARRAY['none'::text, 'queued'::text, 'sent'::text, 'failed'::text])))
);

create table notice_choice (
  account_id bigint not null,
  user_id bigint not null,
  kind text not null,
  mail boolean not null,
  constraint notice_choice_pkey PRIMARY KEY (account_id, user_id, kind)
);

create table operation (
  account_id bigint not null,
  id bigint generated always as identity not null,
  kind text not null,
  state text default 'queued'::text not null,
  params jsonb default '{}'::jsonb not null,
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  total bigint default 0 not null,
  done bigint default 0 not null,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  cancel_requested_at timestamp with time zone,
  lease_until timestamp with time zone,
  attempt integer default 0 not null,
  failure text,
  undo_of bigint,
  undone_by bigint,
  constraint operation_pkey PRIMARY KEY (account_id, id),
  constraint operation_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'needs_confirmation'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
);

create table operation_chunk (
  account_id bigint not null,
  operation_id bigint not null,
  number integer not null,
  ids bigint[] not null,
  done_at timestamp with time zone,
  constraint operation_chunk_pkey PRIMARY KEY (account_id, operation_id, number)
);

create table operation_outcome (
  account_id bigint not null,
  operation_id bigint not null,
  chunk integer not null,
  outcome text not null,
  reason text default ''::text not null,
  contacts integer not null,
  contact_ids bigint[] not null,
  constraint operation_outcome_pkey PRIMARY KEY (account_id, operation_id, outcome, reason, chunk)
);

create table password_reset (
  token_hash bytea not null,
  user_id bigint not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint password_reset_pkey PRIMARY KEY (token_hash)
);

create table paused_source (
  account_id bigint not null,
  id bigint generated always as identity not null,
  source_type text not null,
  source_id text not null,
  paused_at timestamp with time zone not null,
  direction text not null,
  contacts integer not null,
  threshold integer not null,
  resumed_at timestamp with time zone,
  resumed_by_type text,
  resumed_by_id bigint,
  constraint paused_source_pkey PRIMARY KEY (account_id, id),
  constraint paused_source_direction_check CHECK ((direction = ANY (ARRAY['raise'::text, 'lower'::text])))
);

create table price_book (
  plan text not null,
  currency text not null,
  included integer not null,
  base bigint not null,
  blocks jsonb not null,
  tier_falls text default 'renewal'::text not null,
  example boolean default true not null,
  updated_at timestamp with time zone default now() not null,
  constraint price_book_pkey PRIMARY KEY (plan, currency),
  constraint price_book_base_check CHECK ((base >= 0)),
  constraint price_book_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint price_book_included_check CHECK ((included > 0)),
  constraint price_book_plan_check CHECK ((plan = ANY (ARRAY['starter'::text, 'professional'::text, 'enterprise'::text]))),
  constraint price_book_tier_falls_check CHECK ((tier_falls = ANY (ARRAY['update'::text, 'renewal'::text])))
);

create table property (
  account_id bigint not null,
  name text not null,
  label text not null,
  description text default ''::text not null,
  group_name text not null,
  type text not null,
  field_type text not null,
  options jsonb default '[]'::jsonb not null,
  read_only boolean default false not null,
  has_unique_value boolean default false not null,
  display_order integer default 0 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  constraint property_pkey PRIMARY KEY (account_id, name),
  constraint property_type_check CHECK ((type = ANY (ARRAY['string'::text, 'number'::text, 'bool'::text, 'date'::text, 'datetime'::text, 'enumeration'::text])))
);

create table property_change (
  account_id bigint not null,
  contact_id bigint not null,
  id bigint generated always as identity not null,
  at timestamp with time zone not null,
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  old_values jsonb default '{}'::jsonb not null,
  new_values jsonb not null,
  constraint property_change_pkey PRIMARY KEY (account_id, contact_id, id)
);

create table property_group (
  account_id bigint not null,
  name text not null,
  label text not null,
  display_order integer default 0 not null,
  constraint property_group_pkey PRIMARY KEY (account_id, name)
);

create table role (
  account_id bigint not null,
  id bigint generated always as identity not null,
  key text,
  name text,
  permissions text[] default '{}'::text[] not null,
  created_at timestamp with time zone not null,
  constraint role_pkey PRIMARY KEY (account_id, id),
  constraint role_check CHECK ((num_nonnulls(key, name) = 1))
);

create table saved_view (
  account_id bigint not null,
  id bigint generated always as identity not null,
  key text,
  name text default ''::text not null,
  owner_id bigint,
  shared boolean default true not null,
  filter jsonb default '{"filterGroups": []}'::jsonb not null,
  columns jsonb,
  sort jsonb,
  display_order integer default 0 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint saved_view_pkey PRIMARY KEY (account_id, id)
);

create table schema_migration (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default now() not null,
  constraint schema_migration_pkey PRIMARY KEY (name)
);

create table session (
  id bigint generated always as identity not null,
  token_hash bytea not null,
  user_id bigint not null,
  account_id bigint,
  address text default ''::text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint session_token_hash_key UNIQUE (token_hash),
  constraint session_pkey PRIMARY KEY (id)
);

create table setup_link (
  token_hash bytea not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint setup_link_pkey PRIMARY KEY (token_hash)
);

create table source_pace (
  account_id bigint not null,
  source_type text not null,
  source_id text not null,
  minute timestamp with time zone not null,
  slot smallint not null,
  raised integer not null,
  lowered integer not null,
  constraint source_pace_pkey PRIMARY KEY (account_id, source_type, source_id, minute, slot),
  constraint source_pace_slot_check CHECK (((slot >= 0) AND (slot <= 31)))
);

create table subscription_fact (
  account_id bigint not null,
  contact_id bigint not null,
  kind text not null,
  at timestamp with time zone not null,
  reason text default ''::text not null,
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  days integer default 1 not null,
  last_day date,
  protects boolean not null,
  constraint subscription_fact_pkey PRIMARY KEY (account_id, contact_id, kind),
  constraint subscription_fact_kind_check CHECK ((kind = ANY (ARRAY['opt_out'::text, 'bounce'::text, 'complaint'::text])))
);

create table suppression (
  account_id bigint not null,
  email_hash bytea not null,
  kind text not null,
  at timestamp with time zone not null,
  reason text default ''::text not null,
  constraint suppression_pkey PRIMARY KEY (account_id, email_hash, kind),
  constraint suppression_kind_check CHECK ((kind = ANY (ARRAY['opt_out'::text, 'bounce'::text, 'complaint'::text])))
);

create table suppression_key (
  only_one boolean default true not null,
  key bytea not null,
  constraint suppression_key_pkey PRIMARY KEY (only_one),
  constraint suppression_key_only_one_check CHECK (only_one)
);

create table tier_change (
  account_id bigint not null,
  id bigint generated always as identity not null,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  why text not null,
  plan_before text not null,
  plan_after text not null,
  tier_before integer not null,
  tier_after integer not null,
  price_before bigint,
  price_after bigint,
  currency text not null,
  actor_type text not null,
  actor_id bigint,
  constraint tier_change_pkey PRIMARY KEY (account_id, id),
  constraint tier_change_why_check CHECK ((why = ANY (ARRAY['chosen'::text, 'moved_up'::text, 'approved'::text, 'fell'::text, 'renewed'::text, 'corrected'::text])))
);

create table unique_value (
  account_id bigint not null,
  property text not null,
  value text not null,
  contact_id bigint not null,
  constraint unique_value_pkey PRIMARY KEY (account_id, property, value)
);

create table usage_change (
  account_id bigint not null,
  at timestamp with time zone not null,
  kind text not null,
  source_type text not null,
  source_id text not null,
  operation_id bigint not null,
  reason text not null,
  slot smallint not null,
  raised bigint not null,
  lowered bigint not null,
  waiting bigint not null,
  constraint usage_change_pkey PRIMARY KEY (account_id, at, kind, source_type, source_id, operation_id, reason, slot),
  constraint usage_change_slot_check CHECK (((slot >= 0) AND (slot <= 31)))
);

create table usage_daily (
  account_id bigint not null,
  day date not null,
  marketing bigint not null,
  waiting bigint not null,
  total bigint not null,
  raised bigint default 0 not null,
  lowered bigint default 0 not null,
  constraint usage_daily_pkey PRIMARY KEY (account_id, day)
);

create table usage_tally (
  account_id bigint not null,
  until timestamp with time zone not null,
  slot smallint not null,
  contacts bigint not null,
  constraint usage_tally_pkey PRIMARY KEY (account_id, until, slot),
  constraint usage_tally_slot_check CHECK (((slot >= 0) AND (slot <= 31)))
);

create table workflow (
  account_id bigint not null,
  id bigint generated always as identity not null,
  name text not null,
  folder text default ''::text not null,
  owner_id bigint not null,
  state text default 'draft'::text not null,
  pause_reason text,
  draft jsonb not null,
  revision integer default 1 not null,
  version integer,
  standing_since bigint,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  changed_by bigint,
  deleted_at timestamp with time zone,
  hears_from bigint default 0 not null,
  constraint workflow_pkey PRIMARY KEY (account_id, id),
  constraint workflow_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'on'::text, 'off'::text, 'paused'::text])))
);

create table workflow_enrollment (
  account_id bigint not null,
  workflow_id bigint not null,
  id bigint generated always as identity not null,
  contact_id bigint not null,
  version integer not null,
  state text not null,
  step text not null,
  due_at timestamp with time zone,
  outside boolean default false not null,
  claim integer default 0 not null,
  crashes smallint default 0 not null,
  tries integer default 0 not null,
  reason text,
  cause text not null,
  enrolled_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  waits_from bigint default 0 not null,
  waits_open xid8[],
  because text,
  arrived integer default 0 not null,
  begins_at text,
  constraint workflow_enrollment_pkey PRIMARY KEY (account_id, workflow_id, id),
  constraint workflow_enrollment_state_check CHECK ((state = ANY (ARRAY['active'::text, 'working'::text, 'waiting'::text, 'retrying'::text, 'parked'::text, 'finished'::text, 'left'::text])))
) with (fillfactor=85);

create table workflow_filter (
  account_id bigint not null,
  workflow_id bigint not null,
  version integer not null,
  place text not null,
  list_id bigint not null,
  settled boolean default false not null,
  constraint workflow_filter_pkey PRIMARY KEY (account_id, workflow_id, version, place)
);

create table workflow_history (
  account_id bigint not null,
  workflow_id bigint not null,
  enrollment_id bigint not null,
  id bigint generated always as identity not null,
  contact_id bigint not null,
  version integer not null,
  step text not null,
  at timestamp with time zone not null,
  kind text not null,
  outcome text default ''::text not null,
  attempt integer default 1 not null,
  details jsonb default '{}'::jsonb not null,
  operation_id bigint,
  constraint workflow_history_pkey PRIMARY KEY (account_id, workflow_id, id),
  constraint workflow_history_kind_check CHECK ((kind = ANY (ARRAY['enrolled'::text, 'done'::text, 'info'::text, 'parked'::text, 'finished'::text, 'left'::text])))
);

create table workflow_met (
  account_id bigint not null,
  list_id bigint not null,
  first_id bigint not null,
  last_id bigint not null,
  contact_ids bigint[] storage external not null,
  constraint workflow_met_pkey PRIMARY KEY (account_id, list_id, first_id)
);

create table workflow_setting (
  account_id bigint not null,
  history_days integer not null,
  constraint workflow_setting_pkey PRIMARY KEY (account_id),
  constraint workflow_setting_history_days_check CHECK (((history_days >= 7) AND (history_days <= 3650)))
);

create table workflow_signal (
  account_id bigint not null,
  id bigint generated always as identity not null,
  kind text not null,
  contact_ids bigint[] storage external not null,
  new_values text[],
  written_by xid8 default pg_current_xact_id() not null,
  constraint workflow_signal_pkey PRIMARY KEY (account_id, id)
);

create table workflow_stop (
  account_id bigint not null,
  workflow_id bigint not null,
  contact_id bigint not null,
  version integer not null,
  at timestamp with time zone not null,
  constraint workflow_stop_pkey PRIMARY KEY (account_id, workflow_id, contact_id)
);

create table workflow_tally (
  account_id bigint not null,
  workflow_id bigint not null,
  version integer not null,
  step text not null,
  outcome text not null,
  day date not null,
  contacts bigint not null,
  constraint workflow_tally_pkey PRIMARY KEY (account_id, workflow_id, version, step, outcome, day)
);

create table workflow_version (
  account_id bigint not null,
  workflow_id bigint not null,
  version integer not null,
  definition jsonb not null,
  made_at timestamp with time zone not null,
  made_by bigint,
  constraint workflow_version_pkey PRIMARY KEY (account_id, workflow_id, version)
);

create table workflow_watch (
  account_id bigint not null,
  kinds text[] not null,
  constraint workflow_watch_pkey PRIMARY KEY (account_id)
);


CREATE INDEX account_member_user ON public.account_member USING btree (user_id, account_id);
CREATE INDEX api_token_hash ON public.api_token USING btree (token_hash);
CREATE INDEX billing_clock_next ON public.billing_clock USING btree (next_at NULLS FIRST);
CREATE INDEX contact_counted ON public.contact USING btree (account_id, lifecyclestage, country, hs_lead_status, hs_language, hs_object_source, hubspot_owner_id, numemployees) WHERE (deleted_at IS NULL);
CREATE INDEX contact_country ON public.contact USING btree (account_id, country, id) WHERE (deleted_at IS NULL);
CREATE INDEX contact_created ON public.contact USING btree (account_id, createdate DESC, id DESC) INCLUDE (lifecyclestage, hs_lead_status, country, hs_object_source) WHERE (deleted_at IS NULL);
CREATE INDEX contact_email_contact ON public.contact_email USING btree (account_id, contact_id);
CREATE INDEX contact_engagement ON public.contact USING btree (account_id, id) INCLUDE (createdate, email, hs_email_last_open_date, hs_email_last_click_date, recent_conversion_date, company_key, phone_key) WHERE (deleted_at IS NULL);
CREATE INDEX contact_language ON public.contact USING btree (account_id, hs_language, id) WHERE (deleted_at IS NULL);
CREATE INDEX contact_search ON public.contact USING gin (search) WITH (fastupdate='on');
CREATE INDEX contact_stage ON public.contact USING btree (account_id, lifecyclestage, id) WHERE (deleted_at IS NULL);
CREATE INDEX event_list ON public.event USING btree (account_id, ((details ->> 'listId'::text)), id DESC) WHERE (details ? 'listId'::text);
CREATE INDEX event_type ON public.event USING btree (account_id, type, id DESC);
CREATE INDEX held_raise_ended ON public.held_raise USING btree (account_id, ended_operation_id) WHERE (ended_operation_id IS NOT NULL);
CREATE INDEX held_raise_oldest ON public.held_raise USING btree (account_id, since, contact_id) WHERE (ended_at IS NULL);
CREATE INDEX import_operation ON public.import USING btree (account_id, operation_id) WHERE (operation_id IS NOT NULL);
CREATE INDEX invitation_token ON public.invitation USING btree (token_hash);
CREATE INDEX list_building ON public.list USING btree (account_id) WHERE ((built_to IS NOT NULL) AND (deleted_at IS NULL));
CREATE INDEX list_membership_list ON public.list_membership USING btree (account_id, list_id, contact_id);
CREATE INDEX list_moving ON public.list USING btree (account_id) WHERE ((day IS NOT NULL) AND (deleted_at IS NULL));
CREATE INDEX marketing_change_left ON public.marketing_change USING btree (account_id, operation_id) WHERE ((kind = 'became_non_marketing'::text) AND (operation_id IS NOT NULL));
CREATE INDEX marketing_change_time ON public.marketing_change USING brin (recorded_at);
CREATE INDEX marketing_contact_due ON public.marketing_contact USING btree (until) WHERE (until < 'infinity'::timestamp with time zone);
CREATE INDEX notice_by_user ON public.notice USING btree (account_id, user_id, id DESC);
CREATE INDEX notice_unread ON public.notice USING btree (account_id, user_id) WHERE (read_at IS NULL);
CREATE INDEX operation_recent ON public.operation USING btree (account_id, created_at DESC, id DESC);
CREATE INDEX operation_unfinished ON public.operation USING btree (lease_until) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE INDEX password_reset_user ON public.password_reset USING btree (user_id);
CREATE INDEX session_by_user ON public.session USING btree (user_id, address);
CREATE INDEX unique_value_contact ON public.unique_value USING btree (account_id, contact_id);
CREATE INDEX usage_change_operation ON public.usage_change USING btree (account_id, at) WHERE (operation_id <> 0);
CREATE INDEX workflow_enrollment_contact ON public.workflow_enrollment USING btree (account_id, contact_id, workflow_id);
CREATE INDEX workflow_enrollment_due ON public.workflow_enrollment USING btree (account_id, workflow_id, outside, due_at, id) WHERE (due_at IS NOT NULL);
CREATE INDEX workflow_enrollment_rare ON public.workflow_enrollment USING btree (account_id, workflow_id, state, id) WHERE (state = ANY (ARRAY['retrying'::text, 'parked'::text, 'left'::text]));
CREATE INDEX workflow_enrollment_undecided ON public.workflow_enrollment USING btree (account_id, contact_id) WHERE ((state = 'waiting'::text) AND (due_at IS NULL));
CREATE INDEX workflow_filter_list ON public.workflow_filter USING btree (account_id, list_id);
CREATE INDEX workflow_history_contact ON public.workflow_history USING btree (account_id, contact_id, id DESC);
CREATE INDEX workflow_history_seldom ON public.workflow_history USING btree (account_id, workflow_id, outcome, id) WHERE (outcome = ANY (ARRAY['protected'::text, 'pinned'::text, 'refused'::text, 'held'::text, 'paused'::text, 'timed_out'::text, 'skipped'::text, 'gone'::text, 'unfit'::text, 'missing'::text, 'been_before'::text, 'stopped'::text, 'suppressed'::text]));
CREATE INDEX workflow_history_trouble ON public.workflow_history USING btree (account_id, workflow_id, kind, id) WHERE (kind = ANY (ARRAY['info'::text, 'parked'::text, 'left'::text]));
CREATE INDEX workflow_running ON public.workflow USING btree (account_id, id) WHERE ((state = 'on'::text) AND (deleted_at IS NULL));
CREATE UNIQUE INDEX account_name ON public.account USING btree (lower(name)) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX account_request_open ON public.account_request USING btree (account_id, user_id, kind, name) WHERE (answered_at IS NULL);
CREATE UNIQUE INDEX billing_contact_email ON public.billing_contact USING btree (account_id, lower(email));
CREATE UNIQUE INDEX cleanup_draft_open ON public.cleanup_draft USING btree (account_id, actor_type, actor_id) WHERE (operation_id IS NULL);
CREATE UNIQUE INDEX cleanup_plan_name ON public.cleanup_plan USING btree (account_id, lower(name));
CREATE UNIQUE INDEX held_raise_open ON public.held_raise USING btree (account_id, contact_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX invitation_email ON public.invitation USING btree (account_id, email);
CREATE UNIQUE INDEX list_folder_name ON public.list_folder USING btree (account_id, COALESCE(parent_id, (0)::bigint), lower(name));
CREATE UNIQUE INDEX list_name ON public.list USING btree (account_id, lower(name)) WHERE ((deleted_at IS NULL) AND (NOT hidden));
CREATE UNIQUE INDEX operation_trickle ON public.operation USING btree (account_id, kind, source_type, source_id, ((params ->> 'trickle'::text))) WHERE ((params ? 'trickle'::text) AND (undone_by IS NULL));
CREATE UNIQUE INDEX paused_source_open ON public.paused_source USING btree (account_id, source_type, source_id) WHERE (resumed_at IS NULL);
CREATE UNIQUE INDEX role_key ON public.role USING btree (account_id, key);
CREATE UNIQUE INDEX role_name ON public.role USING btree (account_id, lower(name));
CREATE UNIQUE INDEX saved_view_key ON public.saved_view USING btree (account_id, key);
CREATE UNIQUE INDEX workflow_enrollment_open ON public.workflow_enrollment USING btree (account_id, workflow_id, contact_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX workflow_name ON public.workflow USING btree (account_id, lower(name)) WHERE (deleted_at IS NULL);

CREATE TRIGGER contact_changed AFTER UPDATE ON public.contact REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION contact_changed();
CREATE TRIGGER contact_inserted AFTER INSERT ON public.contact REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION contact_inserted();
CREATE TRIGGER contact_removed AFTER DELETE ON public.contact REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION contact_removed();
CREATE TRIGGER list_contact_changed AFTER UPDATE ON public.contact REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION list_contact_changed();
CREATE TRIGGER list_contact_inserted AFTER INSERT ON public.contact REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION list_contact_inserted();
CREATE TRIGGER list_contact_removed AFTER DELETE ON public.contact REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION list_contact_removed();
CREATE TRIGGER list_fact_changed AFTER UPDATE ON public.contact_email REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_fact_changed();
CREATE TRIGGER list_fact_changed AFTER UPDATE ON public.marketing_contact REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_fact_changed();
CREATE TRIGGER list_fact_changed AFTER UPDATE ON public.marketing_pin REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_fact_changed();
CREATE TRIGGER list_fact_changed AFTER UPDATE ON public.subscription_fact REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_fact_changed();
CREATE TRIGGER list_fact_inserted AFTER INSERT ON public.contact_email REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_fact_changed();
CREATE TRIGGER list_fact_inserted AFTER INSERT ON public.marketing_contact REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_fact_changed();
CREATE TRIGGER list_fact_inserted AFTER INSERT ON public.marketing_pin REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_fact_changed();
CREATE TRIGGER list_fact_inserted AFTER INSERT ON public.subscription_fact REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_fact_changed();
CREATE TRIGGER list_fact_removed AFTER DELETE ON public.contact_email REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_fact_changed();
CREATE TRIGGER list_fact_removed AFTER DELETE ON public.marketing_contact REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_fact_changed();
CREATE TRIGGER list_fact_removed AFTER DELETE ON public.marketing_pin REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_fact_changed();
CREATE TRIGGER list_fact_removed AFTER DELETE ON public.subscription_fact REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_fact_changed();
CREATE TRIGGER usage_changed AFTER INSERT ON public.marketing_change REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION usage_changed();
CREATE TRIGGER workflow_contact_created AFTER INSERT ON public.contact REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION workflow_contact_created();
CREATE TRIGGER workflow_contact_deleted AFTER UPDATE ON public.contact REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION workflow_contact_deleted();
CREATE TRIGGER workflow_contact_merged AFTER INSERT ON public.merged_contact REFERENCING NEW TABLE AS merged FOR EACH STATEMENT EXECUTE FUNCTION workflow_contact_merged();
CREATE TRIGGER workflow_fact_added AFTER INSERT ON public.subscription_fact REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION workflow_fact_added();
CREATE TRIGGER workflow_hold_ended AFTER UPDATE ON public.held_raise REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION workflow_hold_ended();
CREATE TRIGGER workflow_list_joined AFTER INSERT ON public.list_membership REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION workflow_list_joined();
CREATE TRIGGER workflow_list_left AFTER DELETE ON public.list_membership REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION workflow_list_left();
CREATE TRIGGER workflow_property_changed AFTER INSERT ON public.property_change REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION workflow_property_changed();
CREATE TRIGGER workflow_source_resumed AFTER UPDATE ON public.paused_source REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION workflow_source_resumed();
CREATE TRIGGER workflow_status_changed AFTER INSERT ON public.marketing_change REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION workflow_status_changed();

-- The app role may not update or delete rows of event.
-- The app role may not update or delete rows of marketing_change.
-- The app role may not update or delete rows of schema_migration.
