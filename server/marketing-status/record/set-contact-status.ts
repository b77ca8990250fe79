import type { z } from "zod";
import type * as contract from "#contract/marketing-status.ts";
import { lockGuard } from "#server/billing/guard/lock-guard.ts";
import { requireMarketingContacts } from "#server/billing/require-plan.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { reopenHeld } from "../review/queries.ts";
import { setMarketing } from "../status/set-marketing.ts";
import { setNonMarketing } from "../status/set-non-marketing.ts";
import { undoStatus } from "../status/undo-status.ts";
import { requireContact, showContactStatus } from "./show-contact-status.ts";

type Reply = z.input<typeof contract.setContactStatus.reply>;

/** One contact by a person's decision: protection was warned about and is overridden, a pin still refuses. */
export function setContactStatus(
  context: Context,
  { contactId, to }: z.output<typeof contract.setContactStatus.input>,
): Promise<Reply> {
  return inTransaction(context, async (context) => {
    const { pin } = await requireContact(context, contactId);
    if (to === "marketing") await requireMarketingContacts(context);
    if (pin === (to === "marketing" ? "never" : "always")) {
      throw new AppError("conflict", `marketing-status:pinned_${pin}`, { contactId });
    }
    const change = { ids: [contactId], sourceType: "USER_SET", sourceId: context.actor.id } as const;
    const outcomes =
      to === "marketing"
        ? await setMarketing(context, { ...change, includeProtected: true })
        : await setNonMarketing(context, change);
    return {
      outcome: outcomes[0]?.outcome ?? "missing",
      contact: await showContactStatus(context, { contactId }),
    };
  });
}

/** Takes the latest change of one contact back, if it still is the latest: its ledger entry, or the end of its hold. */
export function undoContactStatus(
  context: Context,
  { contactId, changeId = "0", holdId }: z.output<typeof contract.undoContactStatus.input>,
): Promise<Reply> {
  return inTransaction(context, async (context) => {
    await requireContact(context, contactId);
    if (holdId !== undefined) return holdAgain(context, contactId, holdId);
    const [outcome] = await undoStatus(context, {
      ids: [contactId],
      sourceType: "USER_SET",
      sourceId: context.actor.id,
      entry: { changeId },
      includeProtected: true,
    });
    if (outcome?.outcome === "changed_since") {
      throw new AppError("conflict", "marketing-status:changed_since", { contactId });
    }
    if (outcome?.outcome === "skipped") {
      throw new AppError("conflict", "marketing-status:pinned", { contactId });
    }
    return {
      outcome: outcome?.outcome ?? "missing",
      contact: await showContactStatus(context, { contactId }),
    };
  });
}

/** A contact whose hold was ended by lowering it waits again, in its old place. */
async function holdAgain(context: Context, contactId: string, holdId: string): Promise<Reply> {
  // No raise may come between reading that the contact does not count and its waiting again.
  await lockGuard(context);
  const held = await reopenHeld(context, { ids: [contactId], by: "lowered", holdId });
  if (held.length === 0) throw new AppError("conflict", "marketing-status:changed_since", { contactId });
  return { outcome: "held", contact: await showContactStatus(context, { contactId }) };
}
