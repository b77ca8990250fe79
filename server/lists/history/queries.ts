import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

const types = [
  "list.created",
  "list.updated",
  "list.converted",
  "list.deleted",
  "list.restored",
  "list.joined",
  "list.left",
];
/** Of those who joined or left at once, so many are named. */
const NAMED = 3;

export interface HistoryRow {
  readonly id: string;
  readonly type: string;
  readonly at: Date;
  readonly actorType: string;
  readonly actorId: string | null;
  readonly operationId: string | null;
  readonly changed: string[];
  readonly contacts: number;
  readonly some: { id: string; name: string; isGone: boolean }[];
}

export interface HistoryPage {
  readonly listId: string;
  /** The entry before which the page begins. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** Newest first. Contacts that are gone for good have no name left, only their number. */
export async function selectHistory(
  { db, accountId }: Context,
  { listId, after, limit }: HistoryPage,
): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select e.id::text, e.type, e.at, e.actor_type as "actorType", e.actor_id::text as "actorId",
      e.operation_id::text as "operationId",
      coalesce((select array_agg(c) from jsonb_array_elements_text(e.details->'changed') c), '{}') as changed,
      coalesce(jsonb_array_length(e.details->'contactIds'), 0) as contacts, named.some
    from event e
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('id', first.id, 'isGone', c.id is null, 'name',
        coalesce(nullif(concat_ws(' ', c.firstname, c.lastname), ''), c.email, '')) order by first.place), '[]') as some
      from jsonb_array_elements_text(e.details->'contactIds') with ordinality first(id, place)
      left join contact c on c.account_id = ${accountId} and c.id = first.id::bigint
      where first.place <= ${NAMED}
    ) named
    where e.account_id = ${accountId} and e.details ? 'listId' and e.details->>'listId' = ${listId} and e.type = any(${types})
      and (${after ?? null}::bigint is null or e.id < ${after ?? null}::bigint)
    order by e.id desc limit ${limit}`.execute(db);
  return rows;
}
