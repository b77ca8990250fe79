import type { z } from "zod";
import type * as contract from "#contract/calendar.ts";
import { hashSecret, newSecret } from "#server/accounts/secret.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { deleteFeed, selectFeed, upsertFeed } from "./queries.ts";

type Shown = z.input<typeof contract.showFeed.reply>;

/** Whether the person has a calendar address in this account. */
export async function showFeed(context: Context): Promise<Shown> {
  return { since: (await selectFeed(context))?.toISOString() ?? null };
}

/** A new secret address; only its hash is kept, so it is shown this once. */
export function makeFeed(context: Context): Promise<z.input<typeof contract.makeFeed.reply>> {
  if (context.actor.type !== "user") throw new AppError("not_allowed", "calendar:people_only");
  return inTransaction(context, async (context) => {
    const secret = newSecret();
    const since = await upsertFeed(context, hashSecret(secret));
    await recordEvent(context, { type: "calendar_feed.made", details: {} });
    return { path: `/calendar/${secret}.ics`, since: since.toISOString() };
  });
}

/** The address answers no more. */
export function revokeFeed(context: Context): Promise<Shown> {
  return inTransaction(context, async (context) => {
    await deleteFeed(context);
    await recordEvent(context, { type: "calendar_feed.revoked", details: {} });
    return { since: null };
  });
}
