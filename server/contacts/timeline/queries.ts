import { type RawBuilder, sql } from "kysely";
import type { TimelineEntry } from "#contract/contacts.ts";
import type { Context } from "#server/platform/context.ts";

export interface TimelineRow {
  readonly kind: TimelineEntry["kind"];
  readonly id: string;
  readonly at: Date;
  /** With microseconds, so that paging skips nothing. */
  readonly exactly: string;
  readonly actorType: TimelineEntry["actor"]["type"];
  readonly actorId: string | null;
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly operationId: string | null;
  readonly details: Partial<
    Pick<TimelineEntry, "oldValues" | "newValues" | "code" | "delta" | "reason" | "body" | "mergedId">
  > & { readonly effectiveAt?: string; readonly updatedAt?: string };
}

interface TimelinePage {
  readonly contactId: string;
  readonly kinds: readonly TimelineEntry["kind"][];
  readonly after: { readonly at: string; readonly kind: string; readonly id: string } | null;
  readonly limit: number;
}

type Source = (accountId: string, contactId: string) => RawBuilder<unknown>;

const columns = sql`source_type, source_id, actor_type, actor_id`;

/** Each kind of entry as the same columns. A lapse is told at the moment it took effect, however late it was settled. */
const sources: Record<TimelineEntry["kind"], Source> = {
  change: (accountId, contactId) => sql`
    select 'change' as kind, id::text as key, at, ${columns}, operation_id,
      jsonb_build_object('oldValues', old_values, 'newValues', new_values) as details
    from property_change where account_id = ${accountId} and contact_id = ${contactId}`,
  status: (accountId, contactId) => sql`
    select 'status', id::text, case kind when 'became_non_marketing' then effective_at else recorded_at end, ${columns},
      operation_id,
      jsonb_build_object('code', kind, 'effectiveAt', effective_at, 'delta', delta, 'reason', reason)
    from marketing_change where account_id = ${accountId} and contact_id = ${contactId}`,
  fact: (accountId, contactId) => sql`
    select 'fact', case kind when 'opt_out' then '1' when 'bounce' then '2' else '3' end, at, ${columns}, operation_id,
      jsonb_build_object('code', kind, 'reason', reason)
    from subscription_fact where account_id = ${accountId} and contact_id = ${contactId}`,
  note: (accountId, contactId) => sql`
    select 'note', id::text, created_at, 'CRM_UI', author_id::text, 'user', author_id, null::bigint,
      jsonb_build_object('body', body, 'updatedAt', updated_at)
    from note where account_id = ${accountId} and contact_id = ${contactId}`,
  merge: (accountId, contactId) => sql`
    select 'merge', merged_id::text, merged_at, 'CRM_UI', null::text, 'system', null::bigint, null::bigint,
      jsonb_build_object('mergedId', merged_id::text)
    from merged_contact where account_id = ${accountId} and contact_id = ${contactId}`,
};

/** Newest first, over everything that is known about a contact. */
export async function selectTimeline(
  { db, accountId }: Context,
  { contactId, kinds, after, limit }: TimelinePage,
): Promise<TimelineRow[]> {
  const all = Object.keys(sources) as TimelineEntry["kind"][];
  // The first names the columns, so it is always there, empty if nobody asked for it.
  const parts = all.map((kind) => sql`(${sources[kind](accountId, contactId)} and ${kinds.includes(kind)})`);
  const older = after
    ? sql`where (at, kind, key::bigint) < (${after.at}::timestamptz, ${after.kind}, ${after.id}::bigint)`
    : sql``;
  const { rows } = await sql<TimelineRow>`
    select kind, key as id, at, at::text as exactly, source_type as "sourceType", source_id as "sourceId",
      actor_type as "actorType", actor_id as "actorId", operation_id as "operationId", details
    from (${sql.join(parts, sql` union all `)}) entry ${older}
    order by at desc, kind desc, key::bigint desc limit ${limit}`.execute(db);
  return rows;
}

/** The files of the imports among these operations. */
export async function selectFileNames(
  { db, accountId }: Context,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, params->>'fileName' as name from operation
    where account_id = ${accountId} and id = any(${operationIds}::bigint[]) and params ? 'fileName'`.execute(
    db,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
