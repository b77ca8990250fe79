-- What happened, append-only: the audit trail and the outbox that lists, workflows and webhooks read.
create table event (
  account_id bigint not null,
  id bigint generated always as identity,
  type text not null,
  at timestamptz not null,
  actor_type text not null,
  actor_id bigint,
  operation_id bigint,
  details jsonb not null default '{}',
  primary key (account_id, id)
);
create index event_type on event (account_id, type, id desc);
