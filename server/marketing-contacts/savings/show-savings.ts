import type { z } from "zod";
import type * as contract from "#contract/calendar.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import type { Prices } from "#server/billing/tier.ts";
import { localDate, updateInstants } from "#server/billing/update-instant.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import { nameOperations } from "#server/operations/naming/name-operations.ts";
import type { Actor, Context } from "#server/platform/context.ts";
import { sharePrice } from "../statement/share-price.ts";
import { selectAbsences, selectFirstLeft, selectPrices, selectUsageAt } from "./queries.ts";
import { avoidedAt, monthSaved } from "./savings.ts";

type Reply = z.input<typeof contract.showSavings.reply>;

/** Further back nobody adds up. */
const MOST_UPDATES = 60;

/**
 * What cleanups avoided. The assumption: had they not been lowered, those contacts would have counted at every update
 * since; each month is priced by the lowest tier of today's price book that fits, with them and without. Who was set as
 * marketing again, deleted or erased counts only up to then, or not at all.
 */
export async function showSavings(context: Context): Promise<Reply> {
  const billing = await loadBilling(context);
  const { calendar, now } = billing;
  const first = await selectFirstLeft(context);
  const updates =
    first === null ? [] : updatesSince(new Date(first.getTime() - 1), now, calendar).slice(-MOST_UPDATES);
  const absences = updates.length === 0 ? [] : await selectAbsences(context, updates);
  const avoided = avoidedAt(absences, updates.length);
  const prices = billing.contactLimit === null ? undefined : await allowedPrices(context, billing);
  const usage = updates.length === 0 ? [] : await selectUsageAt(context, updates);
  const ids = [...avoided.keys()];
  const countsAt = (update: number) => ids.map((id) => avoided.get(id)?.[update] ?? 0);
  const periods = updates.map((instant, update) => ({
    day: localDate(instant, calendar.timeZone),
    marketing: usage[update] ?? 0,
    avoided: sum(countsAt(update)),
    amount: prices ? monthSaved(prices, usage[update] ?? 0, sum(countsAt(update))) : null,
  }));
  const shares = periods.map(({ amount }, update) => sharePrice(amount ?? 0, countsAt(update)));
  return {
    currency: prices ? billing.currency : null,
    example: prices?.example ?? false,
    contactsNow: sum(absences.filter(({ isOut }) => isOut).map(({ contacts }) => contacts)),
    contactPeriods: sum(periods.map((period) => period.avoided)),
    amount: prices ? sum(periods.map(({ amount }) => amount ?? 0)) : null,
    periods,
    operations: await describeOperations(context, {
      ids,
      absences,
      avoided,
      shares,
      priced: prices !== undefined,
    }),
  };
}

function updatesSince(first: Date, now: Date, calendar: Parameters<typeof updateInstants>[0]): Date[] {
  const updates: Date[] = [];
  for (let after = first; ; ) {
    const [next] = updateInstants(calendar, after, 1);
    if (next === undefined || next > now) return updates;
    updates.push(next);
    after = next;
  }
}

async function allowedPrices(
  context: Context,
  billing: Parameters<typeof selectPrices>[1],
): Promise<(Prices & { readonly example: boolean }) | undefined> {
  return context.actor.permissions.has("billing.view") ? selectPrices(context, billing) : undefined;
}

interface Findings {
  readonly ids: readonly string[];
  readonly absences: Awaited<ReturnType<typeof selectAbsences>>;
  readonly avoided: ReadonlyMap<string, readonly number[]>;
  /** By update, in the order of the ids. */
  readonly shares: readonly (readonly number[])[];
  readonly priced: boolean;
}

async function describeOperations(context: Context, findings: Findings): Promise<Reply["operations"]> {
  const { ids, absences, avoided, shares, priced } = findings;
  const operations = await nameOperations(context, ids);
  const actorOf = ({ actorType, actorId }: (typeof operations)[number]) => ({ type: actorType, id: actorId });
  const nameOf = await nameActors(context, operations.map(actorOf));
  return operations.map((operation) => {
    const own = absences.filter(({ operationId }) => operationId === operation.id);
    const place = ids.indexOf(operation.id);
    const actor = actorOf(operation);
    return {
      operationId: operation.id,
      kind: operation.kind,
      name: operation.name,
      at: operation.at.toISOString(),
      actor: { type: actor.type as Actor["type"], id: actor.id, name: nameOf(actor) },
      left: sum(own.map(({ contacts }) => contacts)),
      stillOut: sum(own.filter(({ isOut }) => isOut).map(({ contacts }) => contacts)),
      contactPeriods: sum(avoided.get(operation.id) ?? []),
      amount: priced ? sum(shares.map((share) => share[place] ?? 0)) : null,
    };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
