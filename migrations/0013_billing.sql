-- Every change of tier or plan: when, why, who, from what to what, and a month's price before and after.
create table tier_change (
  account_id bigint not null,
  id bigint generated always as identity,
  -- When it took effect; a missed update instant is entered as of itself.
  at timestamptz not null,
  recorded_at timestamptz not null,
  why text not null check (why in ('chosen', 'moved_up', 'approved', 'fell', 'renewed', 'corrected')),
  plan_before text not null,
  plan_after text not null,
  tier_before int not null,
  tier_after int not null,
  -- A month's, in minor units; null where no money is shown or the price book has none.
  price_before bigint,
  price_after bigint,
  currency text not null,
  actor_type text not null,
  actor_id bigint,
  primary key (account_id, id)
);

-- What is booked by hand for the next renewal (plan) or the next time the tier may fall (tier).
create table billing_booking (
  account_id bigint not null,
  what text not null check (what in ('plan', 'tier')),
  plan text check (plan in ('starter', 'professional', 'enterprise')),
  -- Null: the tier stays as it is, the fall that comes by itself was cancelled.
  tier int check (tier > 0),
  booked_at timestamptz not null,
  actor_type text not null,
  actor_id bigint,
  primary key (account_id, what),
  check ((what = 'plan') = (plan is not null)),
  check (what = 'tier' or tier is null)
);

-- Up to where renewals and falls are done, and the next instant that may bring one; null until it is worked out.
create table billing_clock (
  account_id bigint primary key,
  done_until timestamptz not null,
  next_at timestamptz,
  -- The instant and tier of the fall that people have been told of.
  announced_at timestamptz,
  announced_tier int
);
create index billing_clock_next on billing_clock (next_at nulls first);

-- Shares of the contact limit that people are told of, once for each period; armed again five points below.
create table limit_alert (
  account_id bigint not null,
  threshold smallint not null,
  -- Usage was last seen at or above it.
  above boolean not null,
  armed boolean not null,
  period_start timestamptz,
  crossed_at timestamptz,
  -- The moment it was last seen to change: what is looked at later says nothing about moments before it.
  changed_at timestamptz,
  primary key (account_id, threshold)
);

-- Addresses outside the installation that get what people with Billing get, once somebody has confirmed them.
create table billing_contact (
  account_id bigint not null,
  id bigint generated always as identity,
  email text not null,
  added_at timestamptz not null,
  added_by bigint,
  confirmed_at timestamptz,
  confirmed_by bigint,
  primary key (account_id, id)
);
create unique index billing_contact_email on billing_contact (account_id, lower(email));
