import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import type { Happening } from "./event.ts";

export async function insertEvent(
  { db, clock, actor, accountId }: Context,
  happening: Happening,
): Promise<void> {
  const details = JSON.stringify(happening.details ?? {});
  await sql`insert into event (account_id, type, at, actor_type, actor_id, operation_id, details)
    values (${happening.accountId ?? accountId}, ${happening.type}, ${clock.sql}, ${actor.type}, ${actor.id},
      ${happening.operationId ?? null}, ${details}::jsonb)`.execute(db);
}
