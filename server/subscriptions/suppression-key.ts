import { createHmac, randomBytes } from "node:crypto";
import type { Context } from "#server/platform/context.ts";
import { insertSuppressionKey, selectSuppressionKey } from "./queries.ts";

/**
 * How addresses of the account are hashed: with the installation's secret, made when it is first needed, so that
 * whoever has the hashes alone cannot try addresses; and with the account, so that two accounts share no hash.
 */
export async function addressHash(context: Context): Promise<(emailKey: string) => Buffer> {
  const key = (await selectSuppressionKey(context)) ?? (await insertSuppressionKey(context, randomBytes(32)));
  return (emailKey) => createHmac("sha256", key).update(`${context.accountId}/${emailKey}`).digest();
}
