import type { z } from "zod";
import type { listDeletedContacts as endpoint } from "#contract/contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { parseCursor, writeCursor } from "../cursor.ts";
import { purgedAt } from "./deletion.ts";
import { selectDeleted } from "./queries.ts";

/** Contacts that can still be restored, latest deletion first. */
export async function listDeletedContacts(
  context: Context,
  { query, after, limit }: z.output<typeof endpoint.input>,
): Promise<z.input<typeof endpoint.reply>> {
  const rows = await selectDeleted(context, { query, after: parseCursor(after), limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    contacts: page.map(({ id, name, email, willCount, operationId, deletedAt }) => ({
      id,
      name,
      email,
      willCount,
      operationId,
      deletedAt: deletedAt.toISOString(),
      purgedAt: purgedAt(deletedAt).toISOString(),
    })),
    after: last ? writeCursor(last.exactly, last.id) : null,
  };
}
