import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

export interface HeldRow {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly since: Date;
  /** The same with all its digits, for the cursor. */
  readonly exactSince: string;
  readonly why: "limit" | "maximum";
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly actorType: "user" | "token" | "command" | "system" | "anonymous";
  readonly actorId: string | null;
  readonly operationId: string | null;
  readonly includeProtected: boolean;
  readonly consent: {
    kind: "opt_out" | "bounce" | "complaint";
    at: string;
    reason: string;
    protects: boolean;
  }[];
}

interface Page {
  readonly after: { readonly since: string; readonly id: string } | null;
  readonly limit: number;
  readonly sourceType?: string | undefined;
  readonly sourceId?: string | undefined;
}

/** The oldest first. */
export async function selectHeld({ db, accountId }: Context, page: Page): Promise<HeldRow[]> {
  const { after, sourceType, sourceId, limit } = page;
  const later = after
    ? sql`and (h.since, h.contact_id) > (${after.since}::timestamptz, ${after.id}::bigint)`
    : sql``;
  const ofType = sourceType === undefined ? sql`` : sql`and h.source_type = ${sourceType}`;
  const ofSource = sourceId === undefined ? sql`` : sql`and h.source_id = ${sourceId}`;
  const { rows } = await sql<HeldRow>`
    select h.contact_id as id, coalesce(nullif(concat_ws(' ', c.firstname, c.lastname), ''), c.email, '') as name,
      c.email, h.since, h.since::text as "exactSince", h.why, h.source_type as "sourceType", h.source_id as "sourceId",
      h.actor_type as "actorType", h.actor_id as "actorId", h.operation_id as "operationId",
      h.include_protected as "includeProtected", h.consent
    from held_raise h join contact c on c.account_id = h.account_id and c.id = h.contact_id
    where h.account_id = ${accountId} and h.ended_at is null ${later} ${ofType} ${ofSource}
    order by h.since, h.contact_id limit ${limit}`.execute(db);
  return rows;
}

export interface HeldSource {
  readonly type: string;
  readonly id: string | null;
  readonly contacts: number;
}

export async function selectHeldSources({ db, accountId }: Context): Promise<HeldSource[]> {
  const { rows } = await sql<HeldSource>`
    select source_type as type, source_id as id, count(*)::int as contacts from held_raise
    where account_id = ${accountId} and ended_at is null
    group by 1, 2 order by 3 desc, 1, 2 limit 50`.execute(db);
  return rows;
}
