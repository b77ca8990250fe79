-- What happens to a raise that would pass the contact limit. Accounts from before keep moving up; new ones hold.
alter table billing_account add column policy text not null default 'move_up'
  check (policy in ('hold', 'move_up', 'refuse'));
alter table billing_account alter column policy set default 'hold';

-- A raise that had no room: it waits for a person. Ended ones stay, so that nothing lapses silently.
create table held_raise (
  account_id bigint not null,
  contact_id bigint not null,
  id bigint generated always as identity,
  since timestamptz not null,
  -- What approval gives: infinity, or the instant a restored contact was waiting for.
  until timestamptz not null,
  -- What it would have passed.
  why text not null check (why in ('limit', 'maximum')),
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  -- A person decided to raise this contact although it was protected.
  include_protected boolean not null default false,
  -- What the contact had said by then: its opt-outs, bounces and complaints.
  consent jsonb not null default '[]',
  ended_at timestamptz,
  ended_by text check (ended_by in ('approved', 'declined', 'raised', 'deleted', 'erased', 'merged', 'protected', 'pinned',
    'lowered', 'undone')),
  ended_operation_id bigint,
  primary key (account_id, contact_id, id),
  check ((ended_at is null) = (ended_by is null))
);
create unique index held_raise_open on held_raise (account_id, contact_id) where ended_at is null;
create index held_raise_oldest on held_raise (account_id, since, contact_id) where ended_at is null;
create index held_raise_ended on held_raise (account_id, ended_operation_id) where ended_operation_id is not null;

-- How much a source that acts by itself may raise or lower in an hour before it is paused.
alter table marketing_setting
  add column spike_percent int not null default 20 check (spike_percent between 0 and 100),
  add column spike_contacts int not null default 500 check (spike_contacts >= 0);

-- What such a source did in each minute; slots keep writers out of each other's way.
create table source_pace (
  account_id bigint not null,
  source_type text not null,
  source_id text not null,
  -- To the second.
  minute timestamptz not null,
  slot smallint not null check (slot between 0 and 31),
  raised int not null,
  lowered int not null,
  primary key (account_id, source_type, source_id, minute, slot)
);

-- Sources that were too fast: their changes of status wait for a person to look.
create table paused_source (
  account_id bigint not null,
  id bigint generated always as identity,
  source_type text not null,
  source_id text not null,
  paused_at timestamptz not null,
  direction text not null check (direction in ('raise', 'lower')),
  contacts int not null,
  threshold int not null,
  resumed_at timestamptz,
  resumed_by_type text,
  resumed_by_id bigint,
  primary key (account_id, id)
);
create unique index paused_source_open on paused_source (account_id, source_type, source_id) where resumed_at is null;
