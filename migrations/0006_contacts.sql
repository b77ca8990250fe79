create extension if not exists unaccent;

-- Text compares without case and accents ("Lukasz" finds "Łukasz"). Immutable because the dictionary is named.
create function fold(value text) returns text
  language sql immutable parallel safe strict
  return lower(unaccent('unaccent', value));

-- The words of a contact for the search box, each with its account in front, so that one index keeps accounts apart.
create function search_words(account_id bigint, value text) returns tsvector
  language sql immutable parallel safe strict
  return array_to_tsvector(string_to_array(
    account_id || '/' || regexp_replace(fold(value), '[^[:alnum:]]+', ' ' || account_id || '/', 'g'), ' '));

-- What the search box means: every word, in the same account, at the start of a word of the contact.
create function search_query(account_id bigint, value text) returns tsquery
  language sql immutable parallel safe strict
  return (select string_agg('''' || word || ''':*', ' & ')::tsquery
    from unnest(tsvector_to_array(search_words(account_id, value))) as word where word <> account_id || '/');

-- Words for filters: without case, accents and punctuation, a blank around each. In patterns `*` is any characters.
create function token_text(value text) returns text
  language sql immutable parallel safe strict
  return ' ' || btrim(regexp_replace(fold(value), '[^[:alnum:]]+', ' ', 'g')) || ' ';
create function token_pattern(value text) returns text
  language sql immutable parallel safe strict
  return replace('% ' || btrim(regexp_replace(fold(value), '[^[:alnum:]*]+', ' ', 'g')) || ' %', '*', '%');

-- A text as a number that is the same without case and accents, mixed with another one. Accents are looked for only where
-- there can be any: taking them away costs.
create function text_key(value text, seed bigint) returns bigint
  language sql immutable parallel safe strict
  return hashtextextended(
    case when octet_length(value) = length(value) then lower(value collate "C") else fold(value) end, seed);

create table contact (
  account_id bigint not null,
  id bigint generated always as identity,
  email text,
  firstname text,
  lastname text,
  salutation text,
  phone text,
  mobilephone text,
  fax text,
  company text,
  jobtitle text,
  industry text check (length(industry) <= 100),
  website text,
  twitterhandle text,
  address text,
  city text check (length(city) <= 100),
  state text check (length(state) <= 100),
  zip text,
  country text check (length(country) <= 100),
  numemployees text,
  annualrevenue numeric,
  hs_language text,
  lifecyclestage text,
  hs_lead_status text,
  hubspot_owner_id bigint,
  hs_email_last_send_date timestamptz,
  hs_email_last_open_date timestamptz,
  hs_email_last_click_date timestamptz,
  recent_conversion_date timestamptz,
  hs_object_source text not null default 'CRM_UI',
  hs_object_source_id text,
  hs_merged_object_ids text,
  createdate timestamptz not null,
  lastmodifieddate timestamptz not null,
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  search tsvector generated always as (search_words(account_id,
    left(coalesce(firstname, ''), 100) || ' ' || left(coalesce(lastname, ''), 100) || ' ' ||
    left(coalesce(email, ''), 254) || ' ' || left(coalesce(company, ''), 200) || ' ' ||
    left(coalesce(phone, ''), 40) || ' ' || translate(left(coalesce(phone, ''), 40), ' +-()./', '') || ' ' ||
    left(coalesce(mobilephone, ''), 40) || ' ' || translate(left(coalesce(mobilephone, ''), 40), ' +-()./', '')
  )) stored,
  -- Equal for contacts of the same first and last name and company, or telephone: so duplicates are found.
  company_key bigint generated always as (case when firstname <> '' and lastname <> '' and company <> ''
    then text_key(company, text_key(lastname, text_key(firstname, 0))) end) stored,
  phone_key bigint generated always as (case when firstname <> '' and lastname <> ''
      and translate(phone, ' +-()./', '') <> ''
    then text_key(translate(phone, ' +-()./', ''), text_key(lastname, text_key(firstname, 1))) end) stored,
  -- The short columns that people filter on ride along, so that counting a million contacts reads this index alone.
  primary key (account_id, id) include (deleted_at, lifecyclestage, hs_lead_status, hubspot_owner_id, country, state,
    city, industry, numemployees, hs_language, hs_object_source, createdate, recent_conversion_date,
    hs_email_last_open_date)
) with (toast_tuple_target = 8160);
alter table contact alter column custom set storage main;
create index contact_created on contact (account_id, createdate desc, id desc) where deleted_at is null;
-- Who engages, can be written to at all and is whose duplicate: proposals of whom to let go look at everybody, and read
-- this index alone.
create index contact_engagement on contact (account_id, id) include (createdate, email, hs_email_last_open_date,
  hs_email_last_click_date, recent_conversion_date, company_key, phone_key) where deleted_at is null;
create index contact_search on contact using gin (search) with (fastupdate = on);

-- How many contacts an account keeps, for showing a total without counting. Kept by triggers because every way of
-- writing contacts (by hand, import, restore, merge) must move it, and none may forget.
create table contact_tally (
  account_id bigint not null,
  slot smallint not null check (slot between 0 and 31),
  contacts bigint not null,
  primary key (account_id, slot)
);

create function count_contacts(account bigint, change bigint) returns void language sql as $$
  insert into contact_tally as t (account_id, slot, contacts) values (account, pg_backend_pid() % 32, change)
    on conflict (account_id, slot) do update set contacts = t.contacts + excluded.contacts
$$;

create function contact_inserted() returns trigger language plpgsql as $$
begin
  perform count_contacts(i.account_id, i.contacts)
    from (select account_id, count(*) as contacts from inserted where deleted_at is null group by 1 order by 1) i;
  return null;
end $$;
create trigger contact_inserted after insert on contact referencing new table as inserted
  for each statement execute function contact_inserted();

create function contact_removed() returns trigger language plpgsql as $$
begin
  perform count_contacts(r.account_id, -r.contacts)
    from (select account_id, count(*) as contacts from removed where deleted_at is null group by 1 order by 1) r;
  return null;
end $$;
create trigger contact_removed after delete on contact referencing old table as removed
  for each statement execute function contact_removed();

-- By statement, not by row: ten thousand changes of one counter in one transaction take seconds.
create function contact_changed() returns trigger language plpgsql as $$
begin
  perform count_contacts(c.account_id, c.contacts)
    from (select account_id, sum(living)::bigint as contacts
          from (select account_id, 1 as living from after where deleted_at is null
                union all
                select account_id, -1 from before where deleted_at is null) sides
          group by 1 having sum(living) <> 0 order by 1) c;
  return null;
end $$;
create trigger contact_changed after update on contact referencing old table as before new table as after
  for each statement execute function contact_changed();

-- A person's addresses: the identity, unique per account. `email_key` is the normalised address.
create table contact_email (
  account_id bigint not null,
  email_key text not null,
  contact_id bigint not null,
  email text not null,
  is_primary boolean not null,
  created_at timestamptz not null,
  primary key (account_id, email_key)
);
create index contact_email_contact on contact_email (account_id, contact_id);

-- Deleted contacts can be restored for 90 days; their addresses are free meanwhile.
create table deleted_contact (
  account_id bigint not null,
  contact_id bigint not null,
  deleted_at timestamptz not null,
  operation_id bigint,
  emails jsonb not null,
  -- The marketing status at deletion: counts again after a restore while this is still ahead.
  kept_until timestamptz,
  kept_source_type text,
  kept_source_id text,
  primary key (account_id, contact_id)
);

-- Ids that were merged away keep resolving.
create table merged_contact (
  account_id bigint not null,
  merged_id bigint not null,
  contact_id bigint not null,
  merged_at timestamptz not null,
  primary key (account_id, merged_id)
);

create table note (
  account_id bigint not null,
  contact_id bigint not null,
  id bigint generated always as identity,
  body text not null check (length(body) <= 65536),
  author_id bigint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, contact_id, id)
);

create table saved_view (
  account_id bigint not null,
  id bigint generated always as identity,
  -- Views that come with the account have a key and are named by texts; people's own have a name.
  key text,
  name text not null default '',
  owner_id bigint,
  shared boolean not null default true,
  filter jsonb not null default '{"filterGroups":[]}',
  columns jsonb,
  sort jsonb,
  display_order int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id)
);
-- Two people who open the index first give the account its views once.
create unique index saved_view_key on saved_view (account_id, key);
