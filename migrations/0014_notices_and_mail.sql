-- What people of an account are told: in the app, and by mail where that is set up.
create table notice (
  account_id bigint not null,
  id bigint generated always as identity,
  user_id bigint not null,
  -- The stem of its texts, such as billing:notice_limit_crossed; the reader's language is chosen when it is read.
  key text not null,
  details jsonb not null default '{}',
  -- A path of ours.
  link text not null,
  created_at timestamptz not null,
  read_at timestamptz,
  mail text not null default 'none' check (mail in ('none', 'queued', 'sent', 'failed')),
  primary key (account_id, id)
);
create index notice_by_user on notice (account_id, user_id, id desc);
create index notice_unread on notice (account_id, user_id) where read_at is null;

-- Which notices a person wants by mail, by the feature that tells; without a row all that offer it.
create table notice_choice (
  account_id bigint not null,
  user_id bigint not null,
  kind text not null,
  mail boolean not null,
  primary key (account_id, user_id, kind)
);

-- How mail leaves the installation: at most one row.
create table mail_setting (
  only_one boolean primary key default true check (only_one),
  host text not null,
  port int not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  username text not null default '',
  -- Sealed with the installation's own key, which is not in the database.
  password_sealed text,
  from_address text not null,
  from_name text not null default '',
  -- Where links in mails lead; null takes HEADROOM_URL.
  base_url text,
  updated_at timestamptz not null
);

-- Whether the link went out by mail; 'none' was to be handed over by a person.
alter table invitation
  add column mail text not null default 'none' check (mail in ('none', 'queued', 'sent', 'failed'));
