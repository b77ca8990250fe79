import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { searchContacts } from "#server/contacts/index/search-contacts.ts";
import { createContact } from "#server/contacts/record/create-contact.ts";
import { showContact } from "#server/contacts/record/show-contact.ts";
import { updateContact } from "#server/contacts/record/update-contact.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import type { Context } from "#server/platform/context.ts";

/** What else people wait for, in milliseconds, by kind of request. */
export interface Meanwhile {
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  /** The 99th percentile of each kind alone. */
  readonly p99ByKind: Record<string, number>;
}

const PAUSE_MS = 10;
const PAGE = {
  filter: { filterGroups: [] },
  query: "",
  limit: 100,
  properties: ["email", "firstname", "lastname", "hs_marketable_status", "lifecyclestage", "createdate"],
};

/**
 * Behaves like people at work, in the same process and on the same pool as what is measured: usage, an index page, one
 * contact, a changed property and a new contact, one after the other. Returns what ends it and tells how long they waited.
 */
export function askMeanwhile(context: Context): () => Promise<Meanwhile> {
  const times = new Map<string, number[]>();
  const run = `${process.pid}.${Date.now()}`;
  const ending = new AbortController();
  async function timed<T>(kind: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    times.set(kind, [...(times.get(kind) ?? []), performance.now() - start]);
    await sleep(PAUSE_MS);
    return result;
  }
  async function ask(): Promise<void> {
    const { id: contactId } = await createContact(context, {
      properties: { email: `mine.${run}@bench.test` },
      marketing: false,
    });
    for (let round = 0; !ending.signal.aborted; round++) {
      await timed("usage", () => showUsage(context, {}));
      await timed("page", () => searchContacts(context, PAGE));
      await timed("read", () => showContact(context, { contactId }));
      const city = round % 2 ? "Lund" : "Kraków";
      await timed("write", () => updateContact(context, { contactId, properties: { city } }));
      const email = `new${round}.${run}@bench.test`;
      await timed("create", () => createContact(context, { properties: { email }, marketing: false }));
    }
  }
  const ended = ask();
  return async () => {
    ending.abort();
    await ended;
    const all = [...times.values()].flat();
    const p99ByKind = Object.fromEntries([...times].map(([kind, list]) => [kind, at(list, 0.99)]));
    return { requests: all.length, p50: at(all, 0.5), p99: at(all, 0.99), slowest: at(all, 1), p99ByKind };
  };
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 10) / 10;
}
