import { sql } from "kysely";
import type { Context } from "#server/platform/context.ts";
import { countWrongHolds, type Recount, recount } from "./queries.ts";

export interface Verification extends Recount {
  readonly wrongHolds: number;
  /** What does not agree, as codes; empty when the bill equals the recount. */
  readonly differences: readonly string[];
}

/**
 * Recounts contacts, ledger, tally and rollup in one snapshot and says what differs.
 * Writers may go on meanwhile: the tally is right at every moment, not only when nothing happens.
 */
export function verifyAccount(context: Context): Promise<Verification> {
  return context.db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (db) => {
      await sql`set local statement_timeout = 0`.execute(db);
      const inSnapshot = { ...context, db };
      const found = { ...(await recount(inSnapshot)), wrongHolds: await countWrongHolds(inSnapshot) };
      return { ...found, differences: differencesIn(found) };
    });
}

function differencesIn(found: Recount & { readonly wrongHolds: number }): string[] {
  const checks: Record<string, boolean> = {
    tally: found.marketing === found.tallyMarketing && found.waiting === found.tallyWaiting,
    tally_by_instant: found.tallyDifferences === 0,
    ledger: found.ledger === found.marketing + found.expired,
    ledger_chain: found.brokenChains === 0,
    ledger_ends: found.wrongEnds === 0,
    contacts: found.contacts === found.tallyContacts,
    strays: found.strays === 0,
    held: found.wrongHolds === 0,
    rollup: found.wrongDays === 0 && found.wrongChanges === 0,
  };
  return Object.entries(checks).flatMap(([name, right]) => (right ? [] : [name]));
}
