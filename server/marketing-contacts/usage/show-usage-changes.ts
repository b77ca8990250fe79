import type { z } from "zod";
import type * as contract from "#contract/usage.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { nextUpdateInstant, previousUpdateInstant } from "#server/billing/update-instant.ts";
import { justAfter } from "#server/marketing-status/usage/changes-between.ts";
import { usageAt } from "#server/marketing-status/usage/usage-at.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { nameLines } from "./name-lines.ts";
import { selectChangedContacts, selectChanges } from "./queries.ts";

import { linesOf, sumOf } from "./usage-line.ts";

/** What raised and lowered usage since the last update, or in a span that is given; the lines add up. */
export async function showUsageChanges(
  context: Context,
  { from, to }: z.output<typeof contract.showUsageChanges.input>,
): Promise<z.input<typeof contract.showUsageChanges.reply>> {
  const { calendar, now } = await loadBilling(context);
  const start = from === undefined ? previousUpdateInstant(calendar, now) : new Date(from);
  const end = to === undefined || new Date(to) > now ? now : new Date(to);
  if (start > end) throw new AppError("invalid_input", "usage:span_backwards");
  const lines = linesOf(await selectChanges(context, { from: start, to: justAfter(end) }));
  const { raised, lowered, scheduled } = sumOf(lines);
  const { marketing: closing } = await usageAt(context, end, now);
  return {
    from: start.toISOString(),
    to: end.toISOString(),
    timeZone: calendar.timeZone,
    nextUpdate: nextUpdateInstant(calendar, now).toISOString(),
    opening: closing - raised + lowered,
    raised,
    lowered,
    closing,
    scheduled,
    lines: await nameLines(context, lines),
  };
}

/** The contacts behind one of those lines. */
export async function listChangeContacts(
  context: Context,
  input: z.output<typeof contract.listChangeContacts.input>,
): Promise<z.input<typeof contract.listChangeContacts.reply>> {
  const { from, to, type, at = null, operationId = null, sourceType = null, sourceId = null } = input;
  const rows = await selectChangedContacts(context, {
    from: new Date(from),
    to: justAfter(new Date(to)),
    line: { type, at, operationId, sourceType, sourceId },
    after: input.after,
    limit: input.limit + 1,
  });
  const contacts = rows.slice(0, input.limit);
  return { contacts, after: rows.length > input.limit ? (contacts.at(-1)?.id ?? null) : null };
}
