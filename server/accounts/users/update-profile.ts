import type { Language } from "#contract/languages.ts";
import type { Context } from "#server/platform/context.ts";
import { updateUserRow } from "./queries.ts";
import { requireUser } from "./require-user.ts";

interface Input {
  readonly name?: string | undefined;
  readonly language?: Language | undefined;
  readonly timeZone?: string | undefined;
}

/** Changes what the person has chosen for themselves, in every account. */
export async function updateProfile(context: Context, input: Input): Promise<void> {
  await updateUserRow(context.db, requireUser(context), input);
}
