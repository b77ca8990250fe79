import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { normaliseEmail } from "../account.ts";
import { isMailConfigured } from "../mail/mail-settings.ts";
import { findRole, requireOwn } from "../roles/find-role.ts";
import { hashSecret, newSecret } from "../secret.ts";
import { queueInvitationMail } from "./mail-links.ts";
import { deleteInvitation, insertInvitation, isMember } from "./queries.ts";

const VALID_DAYS = 7;

interface Input {
  readonly email: string;
  readonly roleId: string;
}

/**
 * Makes a link that lets one person in, valid for a week, and mails it where mail is set up. Inviting an address again
 * replaces its earlier link.
 */
export function inviteUser(
  context: Context,
  input: Input,
): Promise<{ id: string; path: string; expiresAt: string; mailed: boolean }> {
  return inTransaction(context, async (context) => {
    const email = normaliseEmail(input.email);
    const role = await findRole(context, input.roleId);
    requireOwn(context, role.permissions);
    if (await isMember(context, email)) throw new AppError("conflict", "accounts:already_member", { email });
    const secret = newSecret();
    const mailed = await isMailConfigured(context);
    const invitation = { email, roleId: role.id, tokenHash: hashSecret(secret), days: VALID_DAYS, mailed };
    const { id, expiresAt } = await insertInvitation(context, invitation);
    if (mailed) await queueInvitationMail(context, secret);
    await recordEvent(context, { type: "user.invited", details: { invitationId: id, roleId: role.id } });
    return { id, path: `/invitation#${secret}`, expiresAt, mailed };
  });
}

/** Takes an invitation back: its link stops working. */
export function revokeInvitation(context: Context, { id }: { id: string }): Promise<void> {
  return inTransaction(context, async (context) => {
    if (!(await deleteInvitation(context, id)))
      throw new AppError("not_found", "accounts:invitation_not_found");
    await recordEvent(context, { type: "user.invitation_revoked", details: { invitationId: id } });
  });
}
