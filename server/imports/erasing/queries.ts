import { sql } from "kysely";
import type { Forgotten } from "#server/contacts/deletion/erasers.ts";
import type { Context } from "#server/platform/context.ts";

/**
 * Imports whose file is still kept and names these people: rows became or matched their contact, or were rejected
 * with one of their addresses. One that is still running needs its file and is left to the nightly cleaning.
 */
export async function selectImportsAbout(
  { db, accountId }: Context,
  { ids, emails }: Forgotten,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select i.id from import i
    join operation o on o.account_id = i.account_id and o.id = i.operation_id
    where i.account_id = ${accountId} and i.file_removed_at is null and o.state in ('done', 'cancelled', 'failed')
      and (exists (select from operation_outcome outcome
          where outcome.account_id = ${accountId} and outcome.operation_id = i.operation_id
            and outcome.contact_ids && ${ids}::bigint[])
        or exists (select from property_change h
          where h.account_id = ${accountId} and h.contact_id = any(${ids}::bigint[])
            and h.operation_id = i.operation_id)
        or exists (select from import_rejection r, unnest(r.raw) cell
          where r.account_id = ${accountId} and r.import_id = i.id
            and lower(btrim(cell)) = any(${emails}::text[])))`.execute(db);
  return rows.map(({ id }) => id);
}
