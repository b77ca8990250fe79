import type { z } from "zod";
import type { listNoticeChoices as endpoint } from "#contract/notices.ts";
import type { Context } from "#server/platform/context.ts";
import { isMailConfigured } from "../mail/mail-settings.ts";
import { requireUser } from "../users/require-user.ts";
import { listChoiceRows, upsertChoice } from "./queries.ts";

/** The features that tell people something by mail. */
const KINDS = ["billing", "marketing-status", "marketing-contacts", "workflows", "accounts"];

/** Which kinds of notices the asking person also gets by mail in this account: all, until they say otherwise. */
export async function listNoticeChoices(context: Context): Promise<z.input<typeof endpoint.reply>> {
  const said = new Map(
    (await listChoiceRows(context, requireUser(context))).map(({ kind, mail }) => [kind, mail]),
  );
  const choices = KINDS.map((kind) => ({ kind, mail: said.get(kind) ?? true }));
  return { mailSetUp: await isMailConfigured(context), choices };
}

export async function chooseNotices(
  context: Context,
  { kind, mail }: { kind: string; mail: boolean },
): Promise<Record<string, never>> {
  await upsertChoice(context, { userId: requireUser(context), kind, mail });
  return {};
}
