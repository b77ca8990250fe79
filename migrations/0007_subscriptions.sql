-- Facts that protect a contact from being raised: opted out of all marketing mail, hard bounce, complaint.
create table subscription_fact (
  account_id bigint not null,
  contact_id bigint not null,
  kind text not null check (kind in ('opt_out', 'bounce', 'complaint')),
  at timestamptz not null,
  reason text not null default '',
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  -- The bulk change that recorded it, so that undoing that change lifts this fact and no other.
  operation_id bigint,
  -- A bounce protects at once when there is no such user, otherwise from its second day on.
  days int not null default 1,
  last_day date,
  protects boolean not null,
  primary key (account_id, contact_id, kind)
);

-- Survives deletion: a keyed hash of the address, never the address.
create table suppression (
  account_id bigint not null,
  email_hash bytea not null,
  kind text not null check (kind in ('opt_out', 'bounce', 'complaint')),
  at timestamptz not null,
  reason text not null default '',
  primary key (account_id, email_hash, kind)
);

-- The secret of those hashes, one for the installation, made when it is first needed. Without it they match nothing.
create table suppression_key (
  only_one boolean primary key default true check (only_one),
  key bytea not null
);
