import type { Permission } from "#contract/permissions.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { requireOwn } from "../roles/find-role.ts";
import { hashSecret } from "../secret.ts";
import { insertToken, listTokenRows, revokeTokenRow, type TokenRow } from "./queries.ts";
import { newToken, tokenPrefix } from "./token.ts";

interface Input {
  readonly name: string;
  readonly permissions: readonly Permission[];
}

/** Makes a token for a program, with some of the actor's own permissions. The token itself is answered this once. */
export function createToken(context: Context, input: Input): Promise<{ id: string; token: string }> {
  requireOwn(context, input.permissions);
  return inTransaction(context, async (context) => {
    const token = newToken();
    const permissions = [...new Set(input.permissions)];
    const row = { name: input.name, prefix: tokenPrefix(token), tokenHash: hashSecret(token), permissions };
    const id = await insertToken(context, row);
    await recordEvent(context, { type: "token.created", details: { tokenId: id, permissions } });
    return { id, token };
  });
}

/** Ends a token: the next request with it is refused. */
export function revokeToken(context: Context, { id }: { id: string }): Promise<void> {
  return inTransaction(context, async (context) => {
    if (!(await revokeTokenRow(context, id))) throw new AppError("not_found", "accounts:token_not_found");
    await recordEvent(context, { type: "token.revoked", details: { tokenId: id } });
  });
}

/** The living tokens, without their secrets. */
export async function listTokens(context: Context): Promise<{ tokens: TokenRow[] }> {
  return { tokens: await listTokenRows(context) };
}
