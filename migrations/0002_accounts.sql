-- People who log in, and the accounts they work in. Users are global; membership and role are per account.
create table app_user (
  id bigint generated always as identity primary key,
  -- Trimmed and case folded by the program; what a person signs in with.
  email text not null unique,
  name text not null,
  -- argon2id in PHC form; null cannot sign in.
  password_hash text,
  language text not null check (language in ('en', 'sv', 'pl')),
  time_zone text not null,
  -- Owns the installation: accounts, plans, price book. Apart from any role in an account.
  operator boolean not null default false,
  created_at timestamptz not null
);

create table account (
  id bigint generated always as identity primary key,
  name text not null,
  time_zone text not null,
  language text not null check (language in ('en', 'sv', 'pl')),
  created_at timestamptz not null,
  -- Set when its deletion was confirmed: nobody gets in any more while its data is removed.
  closed_at timestamptz
);
-- Accounts are named on the command line, so a living name means one account.
create unique index account_name on account (lower(name)) where closed_at is null;

create table role (
  account_id bigint not null,
  id bigint generated always as identity,
  -- Built-in roles have a key and take their label and permissions from the program; own ones a name.
  key text,
  name text,
  permissions text[] not null default '{}',
  created_at timestamptz not null,
  primary key (account_id, id),
  check (num_nonnulls(key, name) = 1)
);
create unique index role_key on role (account_id, key);
create unique index role_name on role (account_id, lower(name));

create table account_member (
  account_id bigint not null,
  user_id bigint not null,
  role_id bigint not null,
  active boolean not null default true,
  joined_at timestamptz not null,
  primary key (account_id, user_id)
);
create index account_member_user on account_member (user_id, account_id);

-- Secrets are kept as SHA-256 of random tokens: what a thief reads here opens nothing.
create table session (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique,
  user_id bigint not null,
  -- The account last worked in; a request may name another.
  account_id bigint,
  address text not null default '',
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_by_user on session (user_id, address);

create table setup_link (
  token_hash bytea primary key,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table password_reset (
  token_hash bytea primary key,
  user_id bigint not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index password_reset_user on password_reset (user_id);

-- Attempts to sign in, counted per hashed address and name for a window of time.
create table login_throttle (
  key text primary key,
  attempts int not null,
  window_ends_at timestamptz not null
);

create table invitation (
  account_id bigint not null,
  id bigint generated always as identity,
  email text not null,
  role_id bigint not null,
  token_hash bytea not null,
  invited_by bigint,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (account_id, id)
);
create unique index invitation_email on invitation (account_id, email);
create index invitation_token on invitation (token_hash);

create table api_token (
  account_id bigint not null,
  id bigint generated always as identity,
  name text not null,
  -- The first characters, so that people recognise a token; the rest is shown once.
  prefix text not null,
  token_hash bytea not null,
  permissions text[] not null,
  created_by bigint,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (account_id, id)
);
create index api_token_hash on api_token (token_hash);

-- "Ask": somebody wants a permission or a feature and the people who can grant it see that.
create table account_request (
  account_id bigint not null,
  id bigint generated always as identity,
  kind text not null check (kind in ('permission', 'feature')),
  name text not null,
  user_id bigint not null,
  note text not null default '',
  created_at timestamptz not null,
  answered_at timestamptz,
  answered_by bigint,
  answer text check (answer in ('granted', 'declined')),
  primary key (account_id, id)
);
create unique index account_request_open on account_request (account_id, user_id, kind, name)
  where answered_at is null;

-- Removes every row of a closed account. The program may not delete from append-only tables, so this runs as their
-- owner, and only for an account that was closed first. Tables are found in the catalogue: none can be forgotten.
-- Those that nothing left refers to go first; again until nothing is found, because triggers of one table write others.
-- The account's own row stays for a day, so that what work under way still wrote is found by a later call.
create function delete_account_data(doomed bigint) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
