import type { z } from "zod";
import type { Language } from "#contract/languages.ts";
import type { getInvitation as endpoint } from "#contract/users.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { createUser } from "../create-user.ts";
import { insertMember } from "../queries.ts";
import { hashSecret } from "../secret.ts";
import { checkLogin } from "../sessions/sign-in.ts";
import { startSession } from "../sessions/start-session.ts";
import { deleteInvitation, findInvitation, type OpenInvitation } from "./queries.ts";

interface Input {
  readonly token: string;
  readonly password: string;
  readonly name?: string | undefined;
  readonly language?: Language | undefined;
  readonly timeZone?: string | undefined;
  readonly address: string;
}

/** What an invitation link leads to. Refuses one that is wrong, used, replaced or too old. */
export async function getInvitation(
  context: Context,
  { token }: { token: string },
): Promise<z.input<typeof endpoint.reply>> {
  const { email, accountName, language, hasLogin } = await openInvitation(context, token);
  return { email, accountName, language, hasLogin };
}

/** Lets the invited person in, with the login they have or a new one, and signs them in. */
export async function acceptInvitation(context: Context, input: Input): Promise<{ secret: string }> {
  const { hasLogin, email } = await openInvitation(context, input.token);
  // Judged outside the transaction: a refused attempt must stay counted.
  const known = hasLogin ? await checkLogin(context, { email, ...input }) : undefined;
  return inTransaction(context, async (context) => {
    const invitation = await openInvitation(context, input.token);
    const { accountId, id } = invitation;
    const inAccount = { ...context, accountId };
    if (!(await deleteInvitation(inAccount, id))) throw invalid();
    const { userId } = known ?? (await createInvited(inAccount, invitation, input));
    await insertMember(inAccount, { userId, roleId: invitation.roleId });
    const actor = { ...context.actor, type: "user" as const, id: userId };
    await recordEvent({ ...inAccount, actor }, { type: "user.joined", details: { userId } });
    return startSession(inAccount, { userId, accountId, address: input.address });
  });
}

async function openInvitation(context: Context, token: string): Promise<OpenInvitation> {
  const invitation = await findInvitation(context, hashSecret(token));
  if (invitation === undefined) throw invalid();
  return invitation;
}

function createInvited(
  context: Context,
  invitation: OpenInvitation,
  input: Input,
): Promise<{ userId: string }> {
  const { name, password, language, timeZone } = input;
  if (name === undefined) throw new AppError("invalid_input", "accounts:name_missing");
  return createUser(context, {
    email: invitation.email,
    name,
    password,
    language: language ?? invitation.language,
    timeZone: timeZone ?? invitation.timeZone,
  });
}

function invalid(): AppError {
  return new AppError("not_found", "accounts:invitation_invalid");
}
