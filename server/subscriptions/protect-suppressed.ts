import type { Context } from "#server/platform/context.ts";
import { type NewFact, PROTECTING_DAYS } from "./protection.ts";
import { anySuppression, selectAddresses, selectSuppressions } from "./queries.ts";
import { type SavedFacts, saveFacts } from "./save-facts.ts";
import { addressHash } from "./suppression-key.ts";

/** Where such facts say they come from. */
const SOURCE = "SUPPRESSION";

/**
 * Protects contacts whose addresses belonged to somebody who was protected and then deleted. Set-based.
 * Call it in the transaction that creates them or gives them addresses, after that and before anything raises them.
 */
export async function protectAllSuppressed(
  context: Context,
  contactIds: readonly string[],
  operationId: string | null = null,
): Promise<SavedFacts> {
  if (contactIds.length === 0 || !(await anySuppression(context)))
    return { changed: [], becameProtected: [] };
  return saveFacts(context, { facts: await keptFacts(context, contactIds), sourceType: SOURCE, operationId });
}

/** Whether anything is remembered about addresses of deleted people at all. */
export function remembersAny(context: Context): Promise<boolean> {
  return anySuppression(context);
}

/** Those of the addresses that would protect a contact who gets them. */
export async function suppressedAmong(context: Context, emailKeys: readonly string[]): Promise<string[]> {
  const hashOf = await addressHash(context);
  const addresses = new Map(emailKeys.map((emailKey) => [hashOf(emailKey).toString("hex"), emailKey]));
  const hashes = [...addresses.keys()].map((hash) => Buffer.from(hash, "hex"));
  const kept = await selectSuppressions(context, hashes);
  return [...new Set(kept.map(({ hash }) => addresses.get(hash.toString("hex")) as string))];
}

/** What was kept about the addresses of contacts. It protected then, so it does again. */
async function keptFacts(context: Context, contactIds: readonly string[]): Promise<NewFact[]> {
  const hashOf = await addressHash(context);
  const addresses = await selectAddresses(context, contactIds);
  const owners = new Map(
    addresses.map(({ contactId, emailKey }) => [hashOf(emailKey).toString("hex"), contactId]),
  );
  const kept = await selectSuppressions(
    context,
    [...owners.keys()].map((hash) => Buffer.from(hash, "hex")),
  );
  return kept.flatMap(({ hash, ...fact }) => {
    const contactId = owners.get(hash.toString("hex"));
    return contactId === undefined ? [] : [{ ...fact, contactId, days: PROTECTING_DAYS }];
  });
}

/** As `protectAllSuppressed`, for one contact that has just got an address. */
export function protectSuppressed(
  context: Context,
  { contactId }: { contactId: string; email?: string },
): Promise<SavedFacts> {
  return protectAllSuppressed(context, [contactId]);
}
