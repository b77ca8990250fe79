import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import type { Place, SortOrder } from "./sort-order.ts";

export interface Page {
  /** Undefined: everybody. */
  readonly where: RawBuilder<boolean> | undefined;
  readonly order: SortOrder;
  readonly after: Place | undefined;
  readonly limit: number;
  /** Names of ours to expressions over contact `c`. */
  readonly values: readonly (readonly [name: string, text: RawBuilder<string | null>])[];
}

export interface PageRow {
  readonly id: string;
  readonly sorted: string | null;
  readonly status: "marketing" | "waiting" | "non_marketing";
  readonly until: Date | null;
  readonly values: readonly (string | null)[];
}

/** So many contacts in order are looked at before the whole account is: enough for filters that many match. */
const NEAR = 4_000;

/**
 * A page. Where an index gives the order but there is also a filter, walking that index finds many matches at once and
 * few only after the whole account, and the planner cannot tell: so a stretch is walked, then the rest is searched.
 */
export async function findPage(context: Context, page: Page): Promise<PageRow[]> {
  const { where, order, after } = page;
  const beyond = after ? order.after(after) : sql`true`;
  const living = sql`c.account_id = ${context.accountId} and c.deleted_at is null and ${beyond}`;
  const { orderBy, orderByWithoutIndex } = order;
  if (!where) return readPage(context, page, sql`contact c where ${living} order by ${orderBy}`);
  const all = sql`contact c where ${living} and ${where} order by ${orderByWithoutIndex ?? orderBy}`;
  if (!orderByWithoutIndex) return readPage(context, page, all);
  const near = sql`(select * from contact c where ${living} order by ${orderBy} limit ${NEAR}) c
    where ${where} order by ${orderBy}`;
  const found = await readPage(context, page, near);
  return found.length < page.limit ? readPage(context, page, all) : found;
}

/** The page is found first, by ids alone; only its contacts are then read in full. */
async function readPage(
  { db, clock, accountId }: Context,
  { order, limit, values }: Page,
  matches: RawBuilder<unknown>,
): Promise<PageRow[]> {
  const texts = values.map(([, text]) => text);
  const { rows } = await sql<PageRow>`
    with page as materialized (
      select found.id, found.sorted, row_number() over () as place from (
        select c.id, ${order.written} as sorted from ${matches} limit ${limit}
      ) found
    )
    select c.id::text, page.sorted,
      case when m.until is null then 'non_marketing' when m.until = 'infinity' then 'marketing' else 'waiting' end as status,
      nullif(m.until, 'infinity') as until,
      ${texts.length > 0 ? sql`array[${sql.join(texts)}]::text[]` : sql`'{}'::text[]`} as values
    from page join contact c on c.account_id = ${accountId} and c.id = page.id
      left join marketing_contact m on m.account_id = c.account_id and m.contact_id = c.id and m.until > ${clock.sql}
    order by page.place`.execute(db);
  return rows;
}

export async function countMatches({ db, accountId }: Context, where: RawBuilder<boolean>): Promise<number> {
  const { rows } = await sql<{ total: string }>`select count(*) as total from contact c
    where c.account_id = ${accountId} and c.deleted_at is null and ${where}`.execute(db);
  return Number(rows[0]?.total ?? 0);
}

/** Everybody, without counting them one by one. */
export async function countAll({ db, accountId }: Context): Promise<number> {
  const { rows } = await sql<{ total: string | null }>`select sum(contacts) as total from contact_tally
    where account_id = ${accountId}`.execute(db);
  return Number(rows[0]?.total ?? 0);
}

/** Marketing contacts, or of them those who wait for the next update. */
export async function countTally(
  { db, clock, accountId }: Context,
  { onlyWaiting }: { readonly onlyWaiting: boolean },
): Promise<number> {
  const { rows } = await sql<{ total: string | null }>`select sum(contacts) as total from usage_tally
    where account_id = ${accountId} and until > ${clock.sql}
      and ${onlyWaiting ? sql`until < 'infinity'` : sql`true`}`.execute(db);
  return Number(rows[0]?.total ?? 0);
}
