import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

export interface Leaving {
  readonly until: Date;
  /** What scheduled them; null where it was one contact by hand. */
  readonly operationId: string | null;
  readonly actorType: string;
  readonly actorId: string | null;
  readonly contacts: number;
}

/** Who leaves in a span, by instant and by what scheduled them, most first. Up to and with its last moment. */
export async function selectLeavingRows(
  { db, accountId }: Context,
  { from, to }: { from: Date; to: Date },
): Promise<Leaving[]> {
  const { rows } = await sql<Leaving>`
    select until, operation_id as "operationId", actor_type as "actorType", actor_id as "actorId",
      count(*)::int as contacts
    from marketing_contact
    where account_id = ${accountId} and until > ${from}::timestamptz and until <= ${to}::timestamptz
      and until < 'infinity'
    group by 1, 2, 3, 4 order by until, contacts desc`.execute(db);
  return rows;
}

export interface Part {
  readonly instant: Date;
  readonly operationId?: string | undefined;
  readonly actorType?: string | undefined;
  readonly actorId?: string | undefined;
  readonly ids?: readonly string[] | undefined;
}

/** Who waits for an update: all, those of one operation or one person, or some of them. Contacts that live. */
export function waitingFor({ accountId }: Context, part: Part): RawBuilder<unknown> {
  const { instant, ids } = part;
  const among = ids === undefined ? sql`` : sql`and w.contact_id = any(${ids}::bigint[])`;
  return sql`select w.contact_id as id from marketing_contact w
    join contact c on c.account_id = w.account_id and c.id = w.contact_id and c.deleted_at is null
    where w.account_id = ${accountId} and w.until = ${instant}::timestamptz ${scheduledBy(part)} ${among}`;
}

function scheduledBy({ operationId, actorType, actorId }: Part): RawBuilder<unknown> {
  if (operationId === undefined) return sql``;
  if (operationId !== "alone") return sql`and w.operation_id = ${operationId}::bigint`;
  if (actorType === undefined) return sql`and w.operation_id is null`;
  return sql`and w.operation_id is null and w.actor_type = ${actorType}
    and w.actor_id is not distinct from ${actorId ?? null}::bigint`;
}

export interface GroupCount {
  readonly outcome: string;
  readonly reason: string;
  readonly contacts: number;
}

/** How many fall into each group of a classification. */
export async function countClassified(
  { db }: Context,
  classification: RawBuilder<unknown>,
): Promise<GroupCount[]> {
  const { rows } = await sql<GroupCount>`
    select outcome, reason, count(*)::int as contacts from (${classification}) c group by 1, 2 order by 1, 2`.execute(
    db,
  );
  return rows;
}

/** The scope that an operation has just fixed. */
export function fixedScope({ accountId }: Context, operationId: string): RawBuilder<unknown> {
  return sql`select unnest(k.ids) as id from operation_chunk k
    where k.account_id = ${accountId} and k.operation_id = ${operationId}`;
}

export async function selectWaitingContacts(
  context: Context,
  part: Part & { readonly after: string; readonly limit: number },
): Promise<{ id: string; name: string; email: string | null }[]> {
  const { rows } = await sql<{ id: string; name: string; email: string | null }>`
    select c.id, coalesce(nullif(concat_ws(' ', c.firstname, c.lastname), ''), c.email, '') as name, c.email
    from (${waitingFor(context, part)}) w join contact c on c.account_id = ${context.accountId} and c.id = w.id
    where w.id > ${part.after}::bigint order by w.id limit ${part.limit}`.execute(context.db);
  return rows;
}
