import { sql } from "kysely";
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
