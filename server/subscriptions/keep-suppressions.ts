import type { Context } from "#server/platform/context.ts";
import {
  deleteSuppressions,
  insertSuppressions,
  type Lift,
  selectAddresses,
  selectProtecting,
} from "./queries.ts";
import { addressHash } from "./suppression-key.ts";

/**
 * Remembers what protects these contacts under keyed hashes of their addresses.
 * Call it in the transaction that deletes them or takes an address away, while the addresses still stand.
 */
export async function keepSuppressions(context: Context, contactIds: readonly string[]): Promise<void> {
  const protecting = await selectProtecting(context, contactIds);
  if (protecting.length === 0) return;
  const hashOf = await addressHash(context);
  const suppressions = protecting.map(({ emailKey, ...fact }) => ({ ...fact, hash: hashOf(emailKey) }));
  await insertSuppressions(context, suppressions);
}

/** Forgets what was kept about the addresses of these contacts. */
export async function dropSuppressions(context: Context, { ids, kinds }: Lift): Promise<void> {
  const addresses = await selectAddresses(context, ids);
  if (addresses.length === 0) return;
  const hashOf = await addressHash(context);
  const hashes = addresses.map(({ emailKey }) => hashOf(emailKey));
  await deleteSuppressions(context, hashes, kinds);
}
