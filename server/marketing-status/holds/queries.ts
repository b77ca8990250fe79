import { type RawBuilder, sql } from "kysely";
import type { Policy } from "#contract/billing.ts";
import type { Prices } from "#server/billing/tier.ts";
import type { Context } from "#server/platform/context.ts";

export interface GrowthRow {
  readonly policy: Policy;
  readonly contactLimit: number | null;
  readonly maximum: number | null;
  readonly currency: string | null;
  /** The page of the plan: in the account's currency, else any that says the same tiers. */
  readonly prices: (Prices & { readonly currency: string; readonly example: boolean }) | null;
  /** Marketing contacts now, waiting ones included. */
  readonly usage: number;
  /** Whether any raise waits for approval. */
  readonly hasHeld: boolean;
  /** No more transactions than this can run at once. */
  readonly writers: number;
  /** What this transaction has noted about its guard. */
  readonly guard: string | null;
}

/** What growth is measured by, and usage now, in one round trip. */
export async function selectGrowth({ db, clock, accountId }: Context): Promise<GrowthRow> {
  const { rows } = await sql<GrowthRow>`
    select case when b.marketing_enabled is false then 'refuse' else coalesce(b.policy, 'hold') end as policy, case when b.counting <> 'count' then b.tier end as "contactLimit",
      case when b.marketing_enabled is false then 0 else b.maximum end as maximum, b.currency, p.page as prices,
      (select coalesce(sum(contacts), 0)::int from usage_tally
        where account_id = ${accountId} and until > ${clock.sql}) as usage,
      exists (select from held_raise where account_id = ${accountId} and ended_at is null) as "hasHeld",
      current_setting('max_connections')::int as writers, current_setting('headroom.guard', true) as guard
    from (select) one
    left join billing_account b on b.account_id = ${accountId}
    left join lateral (select jsonb_build_object('included', included, 'base', base, 'blocks', blocks,
        'currency', currency, 'example', example) as page
      from price_book where plan = b.plan order by currency = b.currency desc, currency limit 1) p on true`.execute(
    db,
  );
  return rows[0] as GrowthRow;
}

export type HoldEnd =
  | "approved"
  | "declined"
  | "raised"
  | "deleted"
  | "erased"
  | "merged"
  | "protected"
  | "pinned"
  | "lowered"
  | "undone";

interface Ending {
  readonly ids: readonly string[];
  readonly by: HoldEnd;
  readonly operationId?: string | null | undefined;
  /** Only those that this operation held. */
  readonly heldBy?: string;
}

/** Ends the holds of these contacts and returns whose there were. */
export async function endHeld({ db, clock, accountId }: Context, ending: Ending): Promise<string[]> {
  const { ids, by, operationId = null, heldBy } = ending;
  const among = heldBy === undefined ? sql`` : sql`and operation_id = ${heldBy}::bigint`;
  const { rows } = await sql<{ id: string }>`
    update held_raise set ended_at = ${clock.sql}, ended_by = ${by}, ended_operation_id = ${operationId}::bigint
    where account_id = ${accountId} and contact_id = any(${ids}::bigint[]) and ended_at is null ${among}
    returning contact_id as id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Ends the holds of contacts that count by now, however that came. */
export async function endHeldOfMarketing(
  { db, clock, accountId }: Context,
  { ids, operationId }: { ids: readonly string[]; operationId: string | null },
): Promise<void> {
  await sql`update held_raise h set ended_at = ${clock.sql}, ended_by = 'raised',
      ended_operation_id = ${operationId}::bigint
    where h.account_id = ${accountId} and h.contact_id = any(${ids}::bigint[]) and h.ended_at is null
      and exists (select from marketing_contact m where m.account_id = h.account_id and m.contact_id = h.contact_id
        and m.until > ${clock.sql})`.execute(db);
}

/** A survivor that does not count waits in the loser's place, since when the loser did. */
export async function moveHeld(
  { db, clock, accountId }: Context,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await sql`
    with moved as (
      update held_raise set ended_at = ${clock.sql}, ended_by = 'merged'
      where account_id = ${accountId} and contact_id = ${from} and ended_at is null returning *
    )
    insert into held_raise (account_id, contact_id, since, until, why, source_type, source_id, actor_type, actor_id,
      operation_id, include_protected, consent)
    select account_id, ${to}::bigint, since, until, why, source_type, source_id, actor_type, actor_id, operation_id,
      include_protected, consent
    from moved
    where not exists (select from marketing_contact m where m.account_id = ${accountId} and m.contact_id = ${to}
        and m.until > ${clock.sql})
      and not exists (select from marketing_pin p where p.account_id = ${accountId} and p.contact_id = ${to}
        and p.pin = 'never')
    on conflict (account_id, contact_id) where ended_at is null do nothing`.execute(db);
}

interface Heard {
  readonly sourceType: string;
  readonly sourceId: string | null | undefined;
}

/** Whether this source had something held in the hour before now: people have been told of it. */
export async function heldWithinHour(
  { db, clock, accountId }: Context,
  { sourceType, sourceId = null }: Heard,
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from held_raise where account_id = ${accountId} and ended_at is null
      and since > ${clock.sql} - interval '1 hour' and since < ${clock.sql}
      and source_type = ${sourceType} and source_id is not distinct from ${sourceId}) as found`.execute(db);
  return rows[0]?.found === true;
}

export async function countHeld({ db, accountId }: Context): Promise<number> {
  const { rows } = await sql<{ contacts: number }>`select count(*)::int as contacts from held_raise
    where account_id = ${accountId} and ended_at is null`.execute(db);
  return rows[0]?.contacts ?? 0;
}

/** A contact's hold, or the last that ended. */
export interface HoldRow {
  readonly since: Date;
  readonly why: "limit" | "maximum";
  readonly sourceType: string;
  readonly sourceId: string | null;
}

export async function selectHold(
  { db, accountId }: Context,
  contactId: string,
): Promise<HoldRow | undefined> {
  const { rows } = await sql<HoldRow>`
    select since, why, source_type as "sourceType", source_id as "sourceId" from held_raise
    where account_id = ${accountId} and contact_id = ${contactId} and ended_at is null`.execute(db);
  return rows[0];
}

export interface LoweredHold {
  readonly id: string;
  readonly endedAt: Date;
}

/** A contact's latest hold, where a lowering has ended it. */
export async function selectLoweredHold(
  { db, accountId }: Context,
  contactId: string,
): Promise<LoweredHold | undefined> {
  const { rows } = await sql<LoweredHold & { by: string }>`
    select id, ended_at as "endedAt", ended_by as by from held_raise
    where account_id = ${accountId} and contact_id = ${contactId} order by id desc limit 1`.execute(db);
  return rows[0]?.by === "lowered" ? rows[0] : undefined;
}

/** The holds of plan rows whose outcome is `held`, for the statement that applies the plan. */
export function holding(
  { clock, actor, accountId }: Context,
  change: { operationId?: string | null | undefined; includeProtected: boolean },
): RawBuilder<unknown> {
  return sql`, holding as (
      insert into held_raise (account_id, contact_id, since, until, why, source_type, source_id, actor_type, actor_id,
        operation_id, include_protected, consent)
      select ${accountId}::bigint, p.id, ${clock.sql}, p.until_after, p.reason, p.source_type, p.source_id,
        ${actor.type}::text, ${actor.id}::bigint, ${change.operationId ?? null}::bigint,
        ${change.includeProtected}::boolean,
        (select coalesce(jsonb_agg(jsonb_build_object('kind', f.kind, 'at', f.at, 'reason', f.reason,
            'protects', f.protects) order by f.kind), '[]')
          from subscription_fact f where f.account_id = ${accountId} and f.contact_id = p.id)
      from plan p where p.outcome = 'held'
      on conflict (account_id, contact_id) where ended_at is null do nothing
    )`;
}
