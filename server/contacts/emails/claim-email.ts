import { followProtection } from "#server/marketing-status/protection/follow-protection.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { protectAllSuppressed } from "#server/subscriptions/protect-suppressed.ts";
import { statusSourceOf } from "../contact-origin.ts";
import { insertEmail, selectHolder } from "./queries.ts";

interface Claim {
  readonly contactId: string;
  /** Normalised. */
  readonly email: string;
  readonly primary: boolean;
}

/** Makes an address this contact's. Refuses (`conflict`) with the id of the contact that has it. */
export async function claimEmail(context: Context, claim: Claim): Promise<void> {
  if (await insertEmail(context, claim)) return;
  const holder = await selectHolder(context, claim.email);
  throw new AppError("conflict", "contacts:email_taken", {
    property: "email",
    email: claim.email,
    contactId: holder ?? null,
  });
}

/** Gives a living contact one more address, and with it what is remembered about that address. */
export async function takeEmail(context: Context, claim: Omit<Claim, "primary">): Promise<void> {
  await claimEmail(context, { ...claim, primary: false });
  const { becameProtected } = await protectAllSuppressed(context, [claim.contactId]);
  await followProtection(context, { ids: becameProtected, ...statusSourceOf(context) });
}
