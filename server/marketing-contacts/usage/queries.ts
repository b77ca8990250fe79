import { type RawBuilder, sql } from "kysely";
import type { Billing } from "#server/billing/billing.ts";
import type { Prices } from "#server/billing/tier.ts";
import { changesBetween, type Span } from "#server/marketing-status/usage/changes-between.ts";
import type { Context } from "#server/platform/context.ts";
import type { ChangeRow, LineKey } from "./usage-line.ts";

/** What moved usage in a span, by origin. Updates apart by their instant; everything else at the span's first moment. */
export async function selectChanges(context: Context, span: Span): Promise<ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`
    select min(at) as at, kind, source_type as "sourceType", nullif(source_id, '') as "sourceId",
      nullif(operation_id, 0) as "operationId", reason,
      sum(raised)::int as raised, sum(lowered)::int as lowered, sum(waiting)::int as waiting
    from (${changesBetween(context, span)}) c
    group by kind, source_type, source_id, operation_id, reason,
      case when kind = 'became_non_marketing' then at end`.execute(context.db);
  return rows;
}

/** Usage now and at each of some later moments, by the same sums. */
export async function selectScheduledUsage(
  { db, accountId }: Context,
  moments: readonly Date[],
): Promise<{ at: Date; marketing: number }[]> {
  const { rows } = await sql<{ at: Date; marketing: number }>`
    select m.at, coalesce(sum(t.contacts), 0)::int as marketing
    from unnest(${moments}::timestamptz[]) m(at)
    left join usage_tally t on t.account_id = ${accountId} and t.until > m.at
    group by m.at order by m.at`.execute(db);
  return rows;
}

export interface DailyUsage {
  readonly day: string;
  readonly marketing: number;
  readonly waiting: number;
}

export async function selectDays(
  { db, accountId }: Context,
  { from, to }: { from: string; to: string },
): Promise<DailyUsage[]> {
  const { rows } = await sql<DailyUsage>`
    select day, marketing::int as marketing, waiting::int as waiting from usage_daily
    where account_id = ${accountId} and day between ${from}::date and ${to}::date order by day`.execute(db);
  return rows;
}

export async function selectFirstDay({ db, accountId }: Context): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select min(day) as day from usage_daily where account_id = ${accountId}`.execute(db);
  return rows[0]?.day ?? null;
}

export interface TierStep {
  readonly at: Date;
  readonly before: number;
  readonly after: number;
}

/** Every change of the tier, oldest first. */
export async function selectTierSteps({ db, accountId }: Context): Promise<TierStep[]> {
  const { rows } = await sql<TierStep>`
    select at, tier_before as before, tier_after as after from tier_change
    where account_id = ${accountId} and tier_before <> tier_after order by at, id`.execute(db);
  return rows;
}

export interface OperationMark {
  readonly id: string;
  readonly kind: string;
  readonly name: string | null;
  readonly at: Date;
  readonly change: number;
  readonly scheduled: number;
}

interface MarkRange {
  readonly from: Date;
  readonly to: Date;
  /** Contacts from which on an operation is big. */
  readonly least: number;
  readonly limit: number;
}

/** The operations that moved or scheduled most. Their later settling is not theirs here: it happens at the update. */
export async function selectBigOperations(
  { db, accountId }: Context,
  { from, to, least, limit }: MarkRange,
): Promise<OperationMark[]> {
  const { rows } = await sql<OperationMark>`
    select o.id, o.kind, coalesce(o.params ->> 'fileName', o.params ->> 'workflow') as name, o.created_at as at, m.change, m.scheduled
    from (
      select operation_id, sum(raised - lowered)::int as change, sum(waiting)::int as scheduled
      from usage_change
      where account_id = ${accountId} and at >= ${from}::timestamptz and at < ${to}::timestamptz
        and operation_id <> 0 and kind <> 'became_non_marketing'
      group by operation_id having greatest(abs(sum(raised - lowered)), abs(sum(waiting))) >= ${least}
      order by greatest(abs(sum(raised - lowered)), abs(sum(waiting))) desc limit ${limit}
    ) m join operation o on o.account_id = ${accountId} and o.id = m.operation_id
    order by o.created_at`.execute(db);
  return rows;
}

/** Names of sources that have one: apps by their token, imports by their file, workflows by their own. */
export async function selectSourceNames({ db, accountId }: Context): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; name: string }>`
    select 'INTEGRATOR_SET:' || id as key, name from api_token where account_id = ${accountId}
    union all
    select 'CONTACT_IMPORT:' || id, file_name from import where account_id = ${accountId}
    union all
    select 'WORKFLOW:' || id, name from workflow where account_id = ${accountId}`.execute(db);
  return new Map(rows.map(({ key, name }) => [key, name]));
}

export interface ChangedContact {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly isGone: boolean;
  readonly raised: number;
  readonly lowered: number;
  readonly scheduled: number;
}

interface ContactPage {
  readonly from: Date;
  readonly to: Date;
  readonly line: LineKey;
  readonly after: string | undefined;
  readonly limit: number;
}

/** The contacts of a line, each once with what became of it in the span. */
export async function selectChangedContacts(context: Context, page: ContactPage): Promise<ChangedContact[]> {
  const { db, accountId } = context;
  const { from, to, line, after = "0", limit } = page;
  const { rows } = await sql<ChangedContact>`
    with change as (
      select l.contact_id, (l.delta > 0)::int as raised, (l.delta < 0)::int as lowered,
        coalesce((l.until_after < 'infinity')::int, 0) - coalesce((l.until_before < 'infinity')::int, 0) as scheduled
      from marketing_change l
      where l.account_id = ${accountId} and l.contact_id > ${after}::bigint and l.recorded_at >= ${from}::timestamptz
        and ${inLine(line, to)}
      ${line.type === "update" ? unsettled(context, line.at, after) : sql``}
    ), moved as (
      select contact_id, sum(raised)::int as raised, sum(lowered)::int as lowered, sum(scheduled)::int as scheduled
      from change group by contact_id order by contact_id limit ${limit}
    )
    select m.contact_id as id, coalesce(nullif(concat_ws(' ', c.firstname, c.lastname), ''), c.email, '') as name,
      c.email, c.id is null or c.deleted_at is not null as "isGone", m.raised, m.lowered,
      case when ${line.type === "update"} then 0 else m.scheduled end as scheduled
    from moved m left join contact c on c.account_id = ${accountId} and c.id = m.contact_id
    order by m.contact_id`.execute(db);
  return rows;
}

/** Who has left with an update that is not settled yet. */
function unsettled({ accountId, clock }: Context, at: string | null, after: string): RawBuilder<unknown> {
  return sql`union all
      select contact_id, 0, 1, 0 from marketing_contact
      where account_id = ${accountId} and contact_id > ${after}::bigint and until = ${at}::timestamptz
        and until <= ${clock.sql}`;
}

/** The rule of `lineOf`, over the ledger `l`. */
function inLine(line: LineKey, to: Date): RawBuilder<boolean> {
  if (line.type === "update") {
    return sql<boolean>`l.kind = 'became_non_marketing' and l.effective_at = ${line.at}::timestamptz`;
  }
  const inSpan = sql`l.kind <> 'became_non_marketing' and l.recorded_at < ${to}::timestamptz`;
  if (line.type === "operation") {
    return sql<boolean>`${inSpan} and l.operation_id = ${line.operationId}::bigint`;
  }
  const isProtected = sql`l.reason in ('protected', 'protection_lifted')`;
  if (line.type === "protected") return sql<boolean>`${inSpan} and l.operation_id is null and ${isProtected}`;
  const byHand = sql`(l.source_type = 'USER_SET' or l.kind in ('deleted', 'restored', 'merged', 'erased'))`;
  const alone = sql`${inSpan} and l.operation_id is null and not ${isProtected}`;
  if (line.type === "hand") return sql<boolean>`${alone} and ${byHand}`;
  return sql<boolean>`${alone} and not ${byHand} and l.source_type = ${line.sourceType}
    and l.source_id is not distinct from ${line.sourceId}`;
}

/** The price book's page of the account's plan and currency; nothing where it has none. */
export async function selectPrices(
  { db }: Context,
  { plan, currency }: Pick<Billing, "plan" | "currency">,
): Promise<(Prices & { readonly tierFalls: "update" | "renewal"; readonly example: boolean }) | undefined> {
  const { rows } = await sql<Prices & { tierFalls: "update" | "renewal"; example: boolean }>`
    select included, base::float8 as base, blocks, tier_falls as "tierFalls", example
    from price_book where plan = ${plan} and currency = ${currency}`.execute(db);
  return rows[0];
}
