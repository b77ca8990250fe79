-- The wizard as somebody left it: one unfinished draft a person, kept with its outcome once it was carried out.
create table cleanup_draft (
  account_id bigint not null,
  id bigint generated always as identity,
  actor_type text not null,
  actor_id bigint,
  -- Chosen groups, filter and lists, and which of the steps were taken.
  choice jsonb not null,
  operation_id bigint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id)
);
create unique index cleanup_draft_open on cleanup_draft (account_id, actor_type, actor_id)
  where operation_id is null;

-- The same choice, carried out before each update instant with its owner's rights.
create table cleanup_plan (
  account_id bigint not null,
  id bigint generated always as identity,
  name text not null,
  choice jsonb not null,
  owner_id bigint not null,
  -- How long before the update instant it runs, and how long before that it is announced.
  run_before int not null check (run_before > 0),
  run_unit text not null check (run_unit in ('hours', 'days')),
  notice_before int not null check (notice_before > 0),
  notice_unit text not null check (notice_unit in ('hours', 'days')),
  state text not null default 'on' check (state in ('on', 'paused')),
  paused_reason text,
  -- Since when it is on without a break: what was due before is not caught up.
  on_since timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id)
);
create unique index cleanup_plan_name on cleanup_plan (account_id, lower(name));

-- One row for each plan and update instant: whoever inserts it announces, whoever locks it runs.
create table cleanup_run (
  account_id bigint not null,
  plan_id bigint not null,
  update_at timestamptz not null,
  state text not null check (state in ('announced', 'skipped', 'done', 'missed', 'paused')),
  announced_at timestamptz,
  announced int,
  -- Until then it can be stopped; then it runs.
  run_at timestamptz not null,
  ended_at timestamptz,
  operation_id bigint,
  -- Who skipped it, or why it did not run.
  ended_by bigint,
  reason text,
  primary key (account_id, plan_id, update_at)
);

create table cleanup_setting (
  account_id bigint primary key,
  -- Days before the update on which people are reminded; null: never.
  reminder_days int check (reminder_days between 1 and 20)
);

-- Said once for each update instant, whatever a worker does twice; receipts keep their figures.
create table cleanup_notice (
  account_id bigint not null,
  kind text not null check (kind in ('reminder', 'receipt')),
  update_at timestamptz not null,
  at timestamptz not null,
  details jsonb not null default '{}',
  primary key (account_id, kind, update_at)
);
