import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { type ContactHead, selectHead } from "./queries.ts";

/** The contact behind an id, following merges, alive or deleted. A foreign id is as missing as one that never was. */
export async function findContact(context: Context, contactId: string): Promise<ContactHead> {
  const head = await selectHead(context, contactId);
  if (!head) throw new AppError("not_found", "contacts:not_found", { contactId });
  return head;
}

/** The same, if it lives: locked until the transaction ends, so that two changes of one contact queue. */
export async function requireContact(context: Context, contactId: string): Promise<ContactHead> {
  const head = await selectHead(context, contactId, { lock: true });
  if (!head) throw new AppError("not_found", "contacts:not_found", { contactId });
  if (head.deletedAt) throw new AppError("conflict", "contacts:is_deleted", { contactId: head.id });
  return head;
}
