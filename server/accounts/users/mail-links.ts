import type { Language } from "#contract/languages.ts";
import type { Context } from "#server/platform/context.ts";
import { enqueue } from "#server/platform/job.ts";
import { seal, unseal } from "#server/platform/sealing.ts";
import { text } from "#server/platform/texts.ts";
import { composeLetter } from "../mail/compose-letter.ts";
import { deliver, type Handed } from "../mail/deliver.ts";
import { hashSecret } from "../secret.ts";
import { findInvitation, findPasswordReset, setInvitationMail } from "./queries.ts";

// Links with secrets by mail. The queue keeps a secret only sealed, as the tables keep only its hash.

interface LinkJob {
  readonly sealedSecret: string;
  readonly wantedAt: Date;
}

/** Mails an invitation's link, in the caller's transaction. */
export async function queueInvitationMail(context: Context, secret: string): Promise<void> {
  await queueLink(context, "accounts.mail-invitation", secret);
}

/** Mails the link with which a person chooses a new password, in the caller's transaction. */
export async function queueResetMail(context: Context, secret: string): Promise<void> {
  await queueLink(context, "accounts.mail-password-reset", secret);
}

async function queueLink(context: Context, name: string, secret: string): Promise<void> {
  const wantedAt = (await context.clock.now(context.db)).toISOString();
  await enqueue(context, { name, payload: { sealedSecret: seal(secret), wantedAt } });
}

/** Sends it unless it was replaced, taken back or used meanwhile. */
export async function mailInvitation(context: Context, { sealedSecret, wantedAt }: LinkJob): Promise<void> {
  const secret = unseal(sealedSecret);
  const tokenHash = hashSecret(secret);
  const invitation = await findInvitation(context, tokenHash);
  if (invitation === undefined) return;
  const { email, accountName, language } = invitation;
  const handed = await deliver(context, wantedAt, (baseUrl) =>
    linkLetter(language, "invitation", {
      to: email,
      link: `${baseUrl}/invitation#${secret}`,
      messageId: `invitation-${tokenHash.toString("hex", 0, 12)}`,
      account: accountName,
    }),
  );
  await setInvitationMail(context, tokenHash, handed);
}

export async function mailPasswordReset(
  context: Context,
  { sealedSecret, wantedAt }: LinkJob,
): Promise<void> {
  await sendResetLink(context, { secret: unseal(sealedSecret), wantedAt });
}

/** Hands the link over to the mail server at once. `none`: it was used or replaced, or mail is off. */
export async function sendResetLink(
  context: Context,
  { secret, wantedAt }: { readonly secret: string; readonly wantedAt: Date },
): Promise<Handed> {
  const tokenHash = hashSecret(secret);
  const reset = await findPasswordReset(context, tokenHash);
  if (reset === undefined) return "none";
  const { email, language } = reset;
  return deliver(context, wantedAt, (baseUrl) =>
    linkLetter(language, "reset", {
      to: email,
      link: `${baseUrl}/reset-password#${secret}`,
      messageId: `reset-${tokenHash.toString("hex", 0, 12)}`,
      account: "",
    }),
  );
}

interface LinkWording {
  readonly to: string;
  readonly link: string;
  readonly messageId: string;
  readonly account: string;
}

function linkLetter(language: Language, kind: "invitation" | "reset", wording: LinkWording) {
  const say = (part: string) => text(language, `mail:${kind}_${part}`, { account: wording.account });
  return composeLetter({
    to: wording.to,
    language,
    title: say("title"),
    text: say("text"),
    link: wording.link,
    action: say("action"),
    footer: say("footer"),
    messageId: wording.messageId,
    list: "links",
  });
}
