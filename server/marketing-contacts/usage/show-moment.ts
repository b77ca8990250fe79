import type { z } from "zod";
import type * as contract from "#contract/usage.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { justAfter } from "#server/marketing-status/usage/changes-between.ts";
import { totalAt, usageAt } from "#server/marketing-status/usage/usage-at.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { selectLeaving } from "../calendar/select-leaving.ts";
import { nameLines } from "./name-lines.ts";
import { selectChanges } from "./queries.ts";
import { type Line, linesOf } from "./usage-line.ts";

const FURTHEST_YEARS = 10;

/** Usage at any moment, past or to come, and what lies between it and now: the lines add up to the difference. */
export async function showMoment(
  context: Context,
  { at }: z.output<typeof contract.showMoment.input>,
): Promise<z.input<typeof contract.showMoment.reply>> {
  const { calendar, now } = await loadBilling(context);
  const moment = new Date(at);
  if (moment.getUTCFullYear() > now.getUTCFullYear() + FURTHEST_YEARS) {
    throw new AppError("invalid_input", "usage:too_far", { years: FURTHEST_YEARS });
  }
  const isFuture = moment > now;
  const { marketing, waiting } = await usageAt(context, moment, now);
  const lines = isFuture
    ? await leavingLines(context, { from: now, to: moment })
    : linesOf(await selectChanges(context, { from: justAfter(moment), to: justAfter(now) }));
  return {
    at: moment.toISOString(),
    isFuture,
    timeZone: calendar.timeZone,
    marketing,
    waiting,
    now: (await usageAt(context, now, now)).marketing,
    total: isFuture ? null : await totalAt(context, moment),
    span: isFuture ? null : { from: justAfter(moment).toISOString(), to: now.toISOString() },
    lines: await nameLines(context, lines),
  };
}

/** Who leaves until then, by what scheduled them; those scheduled one at a time together, whoever it was. */
async function leavingLines(context: Context, span: { from: Date; to: Date }): Promise<Line[]> {
  const leaving = await selectLeaving(context, span);
  const lines = new Map<string, Line>();
  for (const { until, operationId, contacts } of leaving) {
    const name = `${until.toISOString()} ${operationId}`;
    lines.set(name, {
      type: operationId === null ? "hand" : "operation",
      at: until.toISOString(),
      operationId,
      sourceType: null,
      sourceId: null,
      raised: 0,
      lowered: contacts + (lines.get(name)?.lowered ?? 0),
      scheduled: 0,
    });
  }
  return [...lines.values()];
}
