import type { z } from "zod";
import type { listHelpAnswers as endpoint } from "#contract/help.ts";
import type { Context } from "#server/platform/context.ts";
import { requireUser } from "../users/require-user.ts";
import { type HelpAnswer, listAnswerRows, upsertAnswer } from "./queries.ts";

/** Keeps what a person says about an article; a later answer replaces theirs. */
export function answerHelp(context: Context, answer: HelpAnswer): Promise<void> {
  return upsertAnswer(context, requireUser(context), answer);
}

/** For the account's admins: what was said about the help, the latest first. */
export async function listHelpAnswers(context: Context): Promise<z.input<typeof endpoint.reply>> {
  return { answers: await listAnswerRows(context) };
}
