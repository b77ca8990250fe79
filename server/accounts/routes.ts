import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import * as contract from "#contract/accounts.ts";
import type { Endpoint } from "#contract/endpoint.ts";
import * as help from "#contract/help.ts";
import * as mail from "#contract/mail.ts";
import * as notices from "#contract/notices.ts";
import * as users from "#contract/users.ts";
import type { Act, Context } from "#server/platform/context.ts";
import { parseAsked } from "#server/platform/parse-input.ts";
import { type Access, inputOf, type Route, rawRoute, route } from "#server/platform/route.ts";
import { deleteAccount } from "./delete-account.ts";
import { answerHelp, listHelpAnswers } from "./help/answer-help.ts";
import { listHelpers } from "./help/list-helpers.ts";
import { getMailSettings, removeMailSettings, saveMailSettings } from "./mail/mail-settings.ts";
import { testMail } from "./mail/test-mail.ts";
import { chooseNotices, listNoticeChoices } from "./notices/choose-notices.ts";
import { countUnreadNotices, listNotices, readNotices } from "./notices/list-notices.ts";
import { listGranters, listMemberNames } from "./roles/granters.ts";
import { listRoles } from "./roles/list-roles.ts";
import { createRole, deleteRole, updateRole } from "./roles/save-role.ts";
import { getMe } from "./sessions/get-me.ts";
import { clearSessionCookie, readSessionCookie, setSessionCookie } from "./sessions/session-cookie.ts";
import { signIn } from "./sessions/sign-in.ts";
import { signOut } from "./sessions/sign-out.ts";
import { switchAccount } from "./sessions/switch-account.ts";
import { checkSetupLink } from "./setup-link.ts";
import { createToken, listTokens, revokeToken } from "./tokens/create-token.ts";
import { updateAccount } from "./update-account.ts";
import { acceptInvitation, getInvitation } from "./users/accept-invitation.ts";
import { answerRequest, ask } from "./users/ask.ts";
import { changePassword } from "./users/change-password.ts";
import { inviteUser, revokeInvitation } from "./users/invite-user.ts";
import { listRequests, listUsers } from "./users/list-users.ts";
import { requestPasswordReset } from "./users/request-password-reset.ts";
import { checkPasswordReset, resetPassword } from "./users/reset-password.ts";
import { updateProfile } from "./users/update-profile.ts";
import { updateUser } from "./users/update-user.ts";

export const routes: Route[] = [
  route(contract.me, "public", getMe),
  route(contract.checkSetupLink, "public", checkSetupLink),
  sessionRoute(contract.signIn, "public", async (context, input, { reply, address }) => {
    const { secret } = await signIn(context, { ...input, address });
    setSessionCookie(reply, secret);
  }),
  sessionRoute(contract.signOut, "public", async (context, _input, { reply, secret }) => {
    await signOut(context, { secret });
    clearSessionCookie(reply);
  }),
  sessionRoute(contract.switchAccount, "signed-in", (context, { accountId }, { secret }) =>
    switchAccount(context, { accountId, secret }),
  ),
  route(contract.updateProfile, "signed-in", quietly(updateProfile)),
  sessionRoute(contract.changePassword, "signed-in", async (context, input, { reply, address }) => {
    const { secret } = await changePassword(context, { ...input, address });
    setSessionCookie(reply, secret);
  }),
  sessionRoute(contract.requestPasswordReset, "public", (context, { email }, { address }) =>
    requestPasswordReset(context, { email, address }),
  ),
  route(contract.checkPasswordReset, "public", checkPasswordReset),
  route(contract.resetPassword, "public", quietly(resetPassword)),
  route(contract.updateAccount, "settings.edit", quietly(updateAccount)),
  route(contract.deleteAccount, "operator", quietly(deleteAccount)),
  route(users.listRoles, "signed-in", listRoles),
  route(users.createRole, "users.edit", createRole),
  route(users.updateRole, "users.edit", quietly(updateRole)),
  route(users.deleteRole, "users.edit", quietly(deleteRole)),
  route(users.listUsers, "users.edit", listUsers),
  route(users.updateUser, "users.edit", quietly(updateUser)),
  route(users.inviteUser, "users.edit", inviteUser),
  route(users.revokeInvitation, "users.edit", quietly(revokeInvitation)),
  route(users.getInvitation, "public", getInvitation),
  sessionRoute(users.acceptInvitation, "public", async (context, input, { reply, address }) => {
    const { secret } = await acceptInvitation(context, { ...input, address });
    setSessionCookie(reply, secret);
  }),
  route(users.listTokens, "settings.edit", listTokens),
  route(users.createToken, "settings.edit", createToken),
  route(users.revokeToken, "settings.edit", quietly(revokeToken)),
  route(users.listGranters, "signed-in", listGranters),
  route(users.listMemberNames, "signed-in", listMemberNames),
  route(users.ask, "signed-in", quietly(ask)),
  route(users.listRequests, "users.edit", listRequests),
  route(users.answerRequest, "users.edit", quietly(answerRequest)),
  route(help.answerHelp, "signed-in", quietly(answerHelp)),
  route(help.listHelpAnswers, "users.edit", listHelpAnswers),
  route(help.listHelpers, "signed-in", listHelpers),
  route(notices.listNotices, "signed-in", listNotices),
  route(notices.countUnreadNotices, "signed-in", countUnreadNotices),
  route(notices.readNotices, "signed-in", readNotices),
  route(notices.listNoticeChoices, "signed-in", listNoticeChoices),
  route(notices.chooseNotices, "signed-in", chooseNotices),
  route(mail.getMailSettings, "operator", getMailSettings),
  route(mail.saveMailSettings, "operator", quietly(saveMailSettings)),
  route(mail.removeMailSettings, "operator", quietly(removeMailSettings)),
  route(mail.testMailSettings, "operator", testMail),
];

/** An act with nothing to say answers an empty object. */
function quietly<Input>(act: Act<Input, void>): Act<Input, Record<string, never>> {
  return async (context, input) => {
    await act(context, input);
    return {};
  };
}

interface Browser {
  readonly reply: FastifyReply;
  readonly address: string;
  /** Of the session it has, or empty. */
  readonly secret: string;
}

/** A route that begins, ends or changes the browser's session. */
function sessionRoute<Input extends z.ZodType>(
  endpoint: Endpoint<Endpoint["method"], string, Input>,
  access: Access,
  act: (context: Context, input: z.output<Input>, browser: Browser) => Promise<void>,
): Route {
  return rawRoute({
    method: endpoint.method,
    path: endpoint.path,
    access,
    endpoint,
    answer: async (context: Context, request: FastifyRequest, reply: FastifyReply) => {
      const input = parseAsked(endpoint.input, inputOf(request));
      await act(context, input, { reply, address: request.ip, secret: readSessionCookie(request) ?? "" });
      return {};
    },
  });
}
