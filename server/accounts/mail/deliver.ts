import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { type Letter, sendMail } from "#server/platform/mail.ts";
import { findMailSetUp } from "./mail-settings.ts";

/** A letter that could not be handed over for so long is given up; its job tries until then, ever more seldom. */
const GIVE_UP_HOURS = 72;

export type Handed = "sent" | "failed" | "none";

/**
 * Hands a letter that was wanted at `since` to the mail server: sent, or failed for good. `none` when mail was switched
 * off meanwhile. Throws while a later attempt may well succeed, so that the job is tried again.
 */
export async function deliver(
  context: Context,
  since: Date,
  compose: (baseUrl: string) => Letter,
): Promise<Handed> {
  const setUp = await findMailSetUp(context);
  if (setUp === null) return "none";
  const delivery = await sendMail(setUp.server, compose(setUp.baseUrl));
  if (delivery.outcome === "sent") return "sent";
  if (delivery.outcome === "refused") return "failed";
  const now = await context.clock.now(context.db);
  if (now.getTime() - since.getTime() > GIVE_UP_HOURS * 3_600_000) return "failed";
  // The trouble is a code; what the server said may quote addresses, so it is not logged.
  throw new AppError("unavailable", `mail:trouble_${delivery.trouble}`);
}
