import type { Language } from "#contract/languages.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { normaliseEmail } from "./account.ts";
import { createAccount } from "./create-account.ts";
import { createUser } from "./create-user.ts";
import { deleteSetupLinks, findUserId, lockInstallation } from "./queries.ts";
import { checkSetupLink, setupNeeded } from "./setup-link.ts";

interface Input {
  /** The secret of the one-time link. The command line needs none: who runs it owns the installation. */
  readonly token?: string | undefined;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly accountName: string;
  readonly language: Language;
  readonly timeZone: string;
}

/**
 * The first set-up: the operator's login and the first account, whose Super Admin they are.
 * The command line may repeat it for further accounts; a login that exists is then used as it is.
 */
export function createInstallation(
  context: Context,
  input: Input,
): Promise<{ userId: string; accountId: string }> {
  return inTransaction(context, async (context) => {
    await lockInstallation(context.db);
    const first = await setupNeeded(context);
    if (context.actor.type !== "command") await requireLink(context, input.token ?? "");
    const existing = await findUserId(context.db, normaliseEmail(input.email));
    const userId = existing ?? (await createUser(context, { ...input, operator: first })).userId;
    const { timeZone, language } = input;
    const { accountId } = await createAccount(context, {
      name: input.accountName,
      timeZone,
      language,
      userId,
    });
    await deleteSetupLinks(context.db);
    return { userId, accountId };
  });
}

async function requireLink(context: Context, token: string): Promise<void> {
  if (!(await setupNeeded(context))) throw new AppError("conflict", "accounts:already_set_up");
  const { valid } = await checkSetupLink(context, { token });
  if (!valid) throw new AppError("not_allowed", "accounts:setup_link_invalid");
}
