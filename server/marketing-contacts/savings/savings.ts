import { monthlyPrice, type Prices, tierFor } from "#server/billing/tier.ts";

/** Contacts of one operation that were out from one update on until another: both as places in the list of updates. */
export interface Absence {
  readonly operationId: string;
  /** The first update at which they did not count, from 0. */
  readonly first: number;
  /** The one at which they counted again or would have gone anyway; the list's length while they are still out. */
  readonly end: number;
  readonly contacts: number;
}

/** For each operation how many of its contacts were out at each update. */
export function avoidedAt(absences: readonly Absence[], updates: number): Map<string, number[]> {
  const avoided = new Map<string, number[]>();
  for (const { operationId, first, end, contacts } of absences) {
    const counts = avoided.get(operationId) ?? Array.from({ length: updates }, () => 0);
    for (let update = first; update < end; update++) counts[update] = (counts[update] ?? 0) + contacts;
    avoided.set(operationId, counts);
  }
  return avoided;
}

/** What a month cost less: the lowest tier that fits with them, and without. Null where the price book ends. */
export function monthSaved(prices: Prices, marketing: number, avoided: number): number | null {
  const [without, fits] = [tierFor(prices, marketing + avoided), tierFor(prices, marketing)];
  if (without === null || fits === null) return null;
  return monthlyPrice(prices, without) - monthlyPrice(prices, fits);
}
