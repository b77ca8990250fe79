-- Property groups and custom properties. Built-in ones are constants of the program.
create table property_group (
  account_id bigint not null,
  name text not null,
  label text not null,
  display_order int not null default 0,
  primary key (account_id, name)
);

create table property (
  account_id bigint not null,
  name text not null,
  label text not null,
  description text not null default '',
  group_name text not null,
  type text not null check (type in ('string', 'number', 'bool', 'date', 'datetime', 'enumeration')),
  field_type text not null,
  options jsonb not null default '[]',
  read_only boolean not null default false,
  has_unique_value boolean not null default false,
  display_order int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  primary key (account_id, name)
);

-- One row per write, not per value: what a contact's properties were and became.
create table property_change (
  account_id bigint not null,
  contact_id bigint not null,
  id bigint generated always as identity,
  at timestamptz not null,
  source_type text not null,
  source_id text,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  old_values jsonb not null default '{}',
  new_values jsonb not null,
  primary key (account_id, contact_id, id)
);

-- Values of unique custom properties: the constraint, and the way an import matches by them.
create table unique_value (
  account_id bigint not null,
  property text not null,
  value text not null,
  contact_id bigint not null,
  primary key (account_id, property, value)
);
create index unique_value_contact on unique_value (account_id, contact_id);
