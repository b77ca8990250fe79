import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

export interface NamedOperation {
  readonly id: string;
  readonly kind: string;
  /** Of its file or its workflow. */
  readonly name: string | null;
  readonly at: Date;
  readonly actorType: string;
  readonly actorId: string | null;
}

/** Newest first. */
export async function selectNamed(
  { db, accountId }: Context,
  ids: readonly string[],
): Promise<NamedOperation[]> {
  const { rows } = await sql<NamedOperation>`
    select id, kind, coalesce(params ->> 'fileName', params ->> 'workflow') as name, created_at as at,
      actor_type as "actorType", actor_id as "actorId"
    from operation where account_id = ${accountId} and id = any(${ids}::bigint[]) order by created_at desc`.execute(
    db,
  );
  return rows;
}
