import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { keepSuppressions } from "#server/subscriptions/keep-suppressions.ts";
import { deleteEmail } from "./queries.ts";

interface GivenUp {
  readonly contactId: string;
  readonly email: string;
}

/** Takes an address from a contact; what protects it stays remembered, should somebody come with it again. */
export async function giveUpEmail(context: Context, { contactId, email }: GivenUp): Promise<void> {
  await keepSuppressions(context, [contactId]);
  const removed = await deleteEmail(context, { contactId, email });
  if (!removed) throw new AppError("not_found", "contacts:email_not_found", { email });
}
