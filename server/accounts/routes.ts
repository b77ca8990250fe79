import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import * as contract from "#contract/accounts.ts";
import type { Endpoint } from "#contract/endpoint.ts";
import type { Context } from "#server/platform/context.ts";
import { parseInput } from "#server/platform/parse-input.ts";
import { type Access, rawRoute, type Route, route } from "#server/platform/route.ts";
import { getMe } from "./sessions/get-me.ts";
import { clearSessionCookie, readSessionCookie, setSessionCookie } from "./sessions/session-cookie.ts";
import { signIn } from "./sessions/sign-in.ts";
import { signOut } from "./sessions/sign-out.ts";
import { switchAccount } from "./sessions/switch-account.ts";
import { checkSetupLink } from "./setup-link.ts";

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
];

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
    answer: async (context: Context, request: FastifyRequest, reply: FastifyReply) => {
      const input = parseInput(endpoint.input, request.body ?? {});
      await act(context, input, { reply, address: request.ip, secret: readSessionCookie(request) ?? "" });
      return {};
    },
  });
}
