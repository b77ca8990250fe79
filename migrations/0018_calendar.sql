-- The secret address of a person's calendar of an account. Made anew, the old address answers no more.
create table calendar_feed (
  account_id bigint not null,
  user_id bigint not null,
  -- SHA-256 of a random token: what a thief reads here opens nothing.
  token_hash bytea not null unique,
  created_at timestamptz not null,
  primary key (account_id, user_id)
);

-- Savings look at who left by what, in a ledger of millions of other entries.
create index marketing_change_left on marketing_change (account_id, operation_id)
  where kind = 'became_non_marketing' and operation_id is not null;
