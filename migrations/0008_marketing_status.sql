-- A contact is a marketing contact exactly while it has a row here whose `until` lies ahead.
create table marketing_contact (
  account_id bigint not null,
  contact_id bigint not null,
  since timestamptz not null,
  until timestamptz not null,
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  -- The operation of the latest change, so that settling is attributed to what scheduled it.
  operation_id bigint,
  -- First handed to mail, ads or a marketing action: from then on an undone raise is scheduled, not forgotten.
  used_at timestamptz,
  primary key (account_id, contact_id) include (until)
) with (fillfactor = 90);
create index marketing_contact_due on marketing_contact (until) where until < 'infinity';

-- The ledger: one row for each real change, append-only, without personal data.
create table marketing_change (
  account_id bigint not null,
  contact_id bigint not null,
  id bigint generated always as identity,
  kind text not null check (kind in ('set_marketing', 'scheduled', 'unscheduled', 'rescheduled',
    'became_non_marketing', 'deleted', 'restored', 'merged', 'erased', 'undone')),
  until_before timestamptz,
  until_after timestamptz,
  recorded_at timestamptz not null,
  effective_at timestamptz not null,
  delta smallint not null check (delta between -1 and 1),
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  reason text not null default '',
  primary key (account_id, contact_id, id)
);
create index marketing_change_time on marketing_change using brin (recorded_at);

-- What the account wants to happen by itself.
create table marketing_setting (
  account_id bigint primary key,
  -- Contacts that become protected are set as non-marketing, and no longer when the protection is lifted.
  schedule_protected boolean not null default true
);

-- Usage at any moment t is the sum of `contacts` where `until > t`; slots keep writers out of each other's way.
create table usage_tally (
  account_id bigint not null,
  until timestamptz not null,
  slot smallint not null check (slot between 0 and 31),
  contacts bigint not null,
  primary key (account_id, until, slot)
);

-- Usage at the end of each account-local day, for charts.
create table usage_daily (
  account_id bigint not null,
  day date not null,
  marketing bigint not null,
  waiting bigint not null,
  total bigint not null,
  raised bigint not null default 0,
  lowered bigint not null default 0,
  primary key (account_id, day)
);

-- Always keep as marketing, or never market to: every source respects it.
create table marketing_pin (
  account_id bigint not null,
  contact_id bigint not null,
  pin text not null check (pin in ('always', 'never')),
  at timestamptz not null,
  actor_type text not null,
  actor_id bigint,
  primary key (account_id, contact_id)
);
