import type { z } from "zod";
import type * as contract from "#contract/marketing-status.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { liftFacts } from "#server/subscriptions/lift-facts.ts";
import { saveFacts } from "#server/subscriptions/save-facts.ts";
import { requireContact, showContactStatus } from "../record/show-contact-status.ts";
import { followLifting, followProtection } from "./follow-protection.ts";

/** By hand: this person opted out, bounced or complained. */
export function addContactFact(
  context: Context,
  { contactId, kind, reason }: z.output<typeof contract.addContactFact.input>,
) {
  return inTransaction(context, async (context) => {
    await requireContact(context, contactId);
    const source = { sourceType: "USER_SET", sourceId: context.actor.id } as const;
    const { becameProtected } = await saveFacts(context, { facts: [{ contactId, kind, reason }], ...source });
    await followProtection(context, { ids: becameProtected, ...source });
    return showContactStatus(context, { contactId });
  });
}

/** By hand: a fresh consent, or a correction. */
export function liftContactFact(
  context: Context,
  { contactId, kind }: z.output<typeof contract.liftContactFact.input>,
) {
  return inTransaction(context, async (context) => {
    await requireContact(context, contactId);
    const { ceasedProtected } = await liftFacts(context, { ids: [contactId], kinds: [kind] });
    await followLifting(context, {
      ids: ceasedProtected,
      sourceType: "USER_SET",
      sourceId: context.actor.id,
    });
    return showContactStatus(context, { contactId });
  });
}
