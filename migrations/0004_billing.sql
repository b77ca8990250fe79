-- What an account's count is for and what it costs. Its time zone is the account's.
create table billing_account (
  account_id bigint primary key,
  plan text not null check (plan in ('starter', 'professional', 'enterprise')),
  -- An account without marketing contacts keeps everybody as non-marketing.
  marketing_enabled boolean not null default true,
  -- We pay a vendor, we bill clients, or the count is only a discipline: no limit, no money.
  counting text not null check (counting in ('vendor', 'clients', 'count')),
  term text not null check (term in ('monthly', 'yearly')),
  -- The local date of a renewal. Its day is kept through shorter months, so it is never moved on.
  renewal_on date not null,
  -- Named by its top: the contact limit.
  tier int not null check (tier > 0),
  maximum int check (maximum >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- The installation's prices by plan and currency, for a month, in minor units.
create table price_book (
  plan text not null check (plan in ('starter', 'professional', 'enterprise')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  included int not null check (included > 0),
  base bigint not null check (base >= 0),
  -- [{"from", "to" (null: without end), "step", "price" of one step}], without gap or overlap.
  blocks jsonb not null,
  tier_falls text not null default 'renewal' check (tier_falls in ('update', 'renewal')),
  -- Shipped prices are examples until the operator writes real ones.
  example boolean not null default true,
  updated_at timestamptz not null default now(),
  primary key (plan, currency)
);

insert into price_book (plan, currency, included, base, blocks)
select plan, currency, included, base * rate,
  (select jsonb_agg(jsonb_set(block, '{price}', to_jsonb((block ->> 'price')::bigint * rate)) order by position)
    from jsonb_array_elements(blocks) with ordinality as each(block, position))
from (values
  ('starter', 1000, 2000, '[{"from":1000,"to":3000,"step":1000,"price":5000},
    {"from":3000,"to":5000,"step":1000,"price":4500},{"from":5000,"to":null,"step":1000,"price":4000}]'::jsonb),
  ('professional', 2000, 80000, '[{"from":2000,"to":22000,"step":5000,"price":22500},
    {"from":22000,"to":null,"step":5000,"price":20000}]'::jsonb),
  ('enterprise', 10000, 320000, '[{"from":10000,"to":50000,"step":10000,"price":10000},
    {"from":50000,"to":null,"step":10000,"price":9000}]'::jsonb)
) as plan(plan, included, base, blocks)
cross join (values ('EUR', 1), ('USD', 1), ('SEK', 11), ('PLN', 4)) as currency(currency, rate);
