import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countContacts } from "#server/contacts/index/count-contacts.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { showCleaning } from "./show-cleaning.ts";
import { showHome } from "./show-home.ts";

const NOW = new Date("2026-11-18T12:00:00Z");

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

async function account(): Promise<Context> {
  const accountId = await buildAccount(database.db, { tier: 100 });
  return buildContext(database.db, { accountId, clock: fixedClock(NOW) });
}

/** Contacts that came this very moment. */
async function contacts({ db, accountId }: Context, count: number): Promise<string[]> {
  const ids = await buildContacts(db, accountId, count);
  await sql`update contact set createdate = ${NOW} where account_id = ${accountId}`.execute(db);
  return ids;
}

/** Makes contacts marketing: `until` is an instant or infinity. */
async function raise({ db, accountId }: Context, ids: string[], until = "infinity"): Promise<void> {
  await sql`insert into marketing_contact
      (account_id, contact_id, since, until, source_type, actor_type)
    select ${accountId}, unnest(${ids}::bigint[]), ${NOW}, ${until}::timestamptz, 'USER_SET', 'user'`.execute(
    db,
  );
  await sql`insert into usage_tally (account_id, until, slot, contacts)
    values (${accountId}, ${until}::timestamptz, 0, ${ids.length})`.execute(db);
}

async function fact({ db, accountId }: Context, kind: string, ids: string[]): Promise<void> {
  await sql`insert into subscription_fact (account_id, contact_id, kind, at, source_type, actor_type, protects)
    select ${accountId}, unnest(${ids}::bigint[]), ${kind}, ${NOW}, 'USER_SET', 'user', true`.execute(db);
}

const done = async (context: Context): Promise<string[]> =>
  (await showHome(context)).steps.filter((step) => step.done).map(({ step }) => step);

describe("what to clean", () => {
  test("nothing in an empty account", async () => {
    const { groups, total } = await showCleaning(await account());
    expect(groups.map(({ reason, contacts }) => [reason, contacts])).toEqual([
      ["unsubscribed", 0],
      ["bounced", 0],
      ["complained", 0],
      ["unengaged", 0],
    ]);
    expect(total).toBe(0);
  });

  test("counts who stays and is not pinned, each contact once in the sum", async () => {
    const context = await account();
    const ids = await contacts(context, 8);
    const [a = "", b = "", c = "", pinned = "", waiting = "", none = "", ...rest] = ids;
    await raise(context, [a, b, c, pinned, ...rest]);
    await raise(context, [waiting], "2026-11-30T23:00:00Z");
    await fact(context, "opt_out", [a, b, pinned, waiting, none]);
    await fact(context, "bounce", [b, c]);
    await sql`insert into marketing_pin (account_id, contact_id, pin, at, actor_type)
      values (${context.accountId}, ${pinned}, 'always', ${NOW}, 'user')`.execute(database.db);
    const { groups, total, filter } = await showCleaning(context);
    expect(groups.map(({ contacts }) => contacts)).toEqual([2, 2, 0, 0]);
    expect(total).toBe(3);
    expect(await countContacts(context, { filter, query: "" })).toEqual({ total: 3 });
  });

  test("no engagement counts only those who had half a year for it", async () => {
    const context = await account();
    const [old = "", engaged = "", lately = ""] = await contacts(context, 3);
    await raise(context, [old, engaged, lately]);
    await sql`update contact set createdate = '2025-01-01' where id = any(${[old, engaged]}::bigint[])`.execute(
      database.db,
    );
    await sql`update contact set hs_email_last_open_date = '2026-10-01' where id = ${engaged}`.execute(
      database.db,
    );
    const { groups } = await showCleaning(context);
    expect(groups.at(-1)).toMatchObject({ reason: "unengaged", contacts: 1 });
  });
});

describe("the home page", () => {
  test("knows no change and no pace without a past", async () => {
    expect(await showHome(await account())).toMatchObject({ sinceUpdate: null, fullInDays: null });
  });

  test("compares with the end of the day before the period and with the last 90 days", async () => {
    const context = await account();
    const ids = await contacts(context, 60);
    await raise(context, ids);
    await sql`insert into usage_daily (account_id, day, marketing, waiting, total)
      values (${context.accountId}, '2026-10-31', 45, 0, 60), (${context.accountId}, '2026-10-29', 40, 0, 60)`.execute(
      database.db,
    );
    expect(await showHome(context)).toMatchObject({
      sinceUpdate: { change: 15, at: "2026-10-31T23:00:00.000Z" },
      fullInDays: 40,
    });
  });

  test("ticks a step when it is done, in its own account only", async () => {
    const context = await account();
    const other = await account();
    expect(await done(context)).toEqual(["purpose"]);
    await raise(context, await contacts(context, 1), "2026-11-30T23:00:00Z");
    await sql`insert into saved_view (account_id, name, created_at, updated_at)
      values (${context.accountId}, 'Mine', now(), now())`.execute(database.db);
    await sql`insert into invitation (account_id, email, role_id, token_hash, created_at, expires_at)
      values (${context.accountId}, 'bo@example.test', 1, 'x', now(), now())`.execute(database.db);
    expect(await done(context)).toEqual(["purpose", "lower", "view", "colleague"]);
    expect(await done(other)).toEqual(["purpose"]);
  });
});
