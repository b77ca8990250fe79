import type { z } from "zod";
import type { showWebhookSecret as endpoint } from "#contract/workflow-care.ts";
import type { Context } from "#server/platform/context.ts";
import { SIGNATURE_HEADER, signingSecret } from "#server/platform/outbound/signature.ts";

/** For people who set up what receives the account's webhooks. */
export async function showWebhookSecret({
  accountId,
}: Pick<Context, "accountId">): Promise<z.output<typeof endpoint.reply>> {
  return { secret: signingSecret(accountId), header: SIGNATURE_HEADER };
}
