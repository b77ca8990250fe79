import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { defaultViews, type View, type ViewContent } from "./view.ts";

export type StoredView = Omit<View, "editable">;

const columns = ({
  actor,
}: Context): RawBuilder<unknown> => sql`id::text, key, name, shared, filter, columns, sort,
  coalesce(owner_id = ${ownerOf(actor)}::bigint, false) as mine`;

const visible = ({ accountId, actor }: Context): RawBuilder<unknown> =>
  sql`account_id = ${accountId} and (shared or owner_id = ${ownerOf(actor)}::bigint)`;

/** Only people have views of their own. */
function ownerOf(actor: Context["actor"]): string | null {
  return actor.type === "user" ? actor.id : null;
}

export async function listStoredViews(context: Context): Promise<StoredView[]> {
  const { rows } = await sql<StoredView>`select ${columns(context)} from saved_view where ${visible(context)}
    order by display_order, id`.execute(context.db);
  return rows;
}

export async function findView(context: Context, viewId: string): Promise<StoredView | undefined> {
  const { rows } = await sql<StoredView>`select ${columns(context)} from saved_view
    where ${visible(context)} and id = ${viewId}`.execute(context.db);
  return rows[0];
}

/** Once per account, however many ask at the same time. */
export async function insertDefaultViews({ db, clock, accountId }: Context): Promise<void> {
  const rows = defaultViews.map(
    ([key, filter], order) =>
      sql`(${accountId}::bigint, ${key}, ${JSON.stringify(filter)}::jsonb, ${order}::int, ${clock.sql}, ${clock.sql})`,
  );
  await sql`insert into saved_view (account_id, key, filter, display_order, created_at, updated_at)
    values ${sql.join(rows)} on conflict (account_id, key) do nothing`.execute(db);
}

export async function insertView(context: Context, view: ViewContent): Promise<string> {
  const { db, clock, accountId, actor } = context;
  const { rows } = await sql<{ id: string }>`
    insert into saved_view (account_id, name, owner_id, shared, filter, columns, sort, display_order, created_at, updated_at)
    select ${accountId}::bigint, ${view.name}, ${ownerOf(actor)}::bigint, ${view.shared}::boolean, ${json(view.filter)},
      ${json(view.columns)}, ${json(view.sort)}, coalesce(max(display_order), 0) + 1, ${clock.sql}, ${clock.sql}
    from saved_view where account_id = ${accountId} returning id::text`.execute(db);
  return rows[0]?.id ?? "";
}

export async function storeView(
  { db, clock, accountId }: Context,
  id: string,
  view: ViewContent,
): Promise<void> {
  await sql`update saved_view set name = ${view.name}, shared = ${view.shared}, filter = ${json(view.filter)},
      columns = ${json(view.columns)}, sort = ${json(view.sort)}, updated_at = ${clock.sql}
    where account_id = ${accountId} and id = ${id}`.execute(db);
}

export async function removeView({ db, accountId }: Context, id: string): Promise<void> {
  await sql`delete from saved_view where account_id = ${accountId} and id = ${id}`.execute(db);
}

/** Named views first, in that order; the others after them as they were. */
export async function storeOrder({ db, accountId }: Context, ids: readonly string[]): Promise<void> {
  await sql`update saved_view v set display_order = o.place from (
      select id, row_number() over (order by array_position(${ids}::bigint[], id) nulls last, display_order, id) as place
      from saved_view where account_id = ${accountId}
    ) o where v.account_id = ${accountId} and v.id = o.id and v.display_order <> o.place`.execute(db);
}

function json(value: unknown): RawBuilder<unknown> {
  return value === null ? sql`null::jsonb` : sql`${JSON.stringify(value)}::jsonb`;
}
