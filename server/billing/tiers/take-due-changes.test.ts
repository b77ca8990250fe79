import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { loadBilling } from "../load-billing.ts";
import { saveBilling } from "../save-billing.ts";
import { tierFor } from "../tier.ts";
import { announceFalls } from "./announce-falls.ts";
import { bookTier } from "./book-tier.ts";
import { listTierChanges } from "./list-tier-changes.ts";
import { takeAllDueChanges, takeDueChanges } from "./take-due-changes.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const on = (context: Context, instant: string): Context => ({
  ...context,
  clock: fixedClock(new Date(instant)),
});

interface Client {
  readonly tier?: number;
  readonly term?: "monthly" | "yearly";
  readonly renewalOn?: string;
  readonly from?: string;
}

/** A client who pays by the price book, and whose updates are done up to a moment. */
async function client({
  tier = 12_000,
  term = "monthly",
  renewalOn = "2026-11-16",
  from = "2026-11-20T12:00:00Z",
}: Client = {}): Promise<Context> {
  const accountId = await buildAccount(database.db, { counting: "clients", tier, term, renewalOn });
  const context = buildContext(database.db, { accountId });
  await takeDueChanges(on(context, from));
  return context;
}

/** So many more or fewer marketing contacts from a moment on, as the tally and the ledger have it. */
async function change({ db, accountId }: Context, at: string, delta: number): Promise<void> {
  await sql`insert into usage_tally (account_id, until, slot, contacts) values (${accountId}, 'infinity', 0, ${delta})
    on conflict (account_id, until, slot) do update set contacts = usage_tally.contacts + excluded.contacts`.execute(
    db,
  );
  await sql`insert into marketing_change (account_id, contact_id, kind, until_before, until_after, recorded_at,
      effective_at, delta, source_type, actor_type)
    select ${accountId}, n, ${delta > 0 ? "set_marketing" : "deleted"},
      case when ${delta}::int < 0 then 'infinity'::timestamptz end,
      case when ${delta}::int > 0 then 'infinity'::timestamptz end,
      ${at}, ${at}, ${Math.sign(delta)}, 'USER_SET', 'system'
    from generate_series(1, abs(${delta}::int)) n`.execute(db);
}

const history = async (context: Context) =>
  (await listTierChanges(context)).changes.map(
    ({ why, at, tierBefore, tierAfter, planAfter }) =>
      `${at.slice(0, 16)} ${why} ${tierBefore}-${tierAfter} ${planAfter}`,
  );

const notices = async ({ db, accountId }: Context) =>
  (
    await sql<{ key: string }>`select key from notice where account_id = ${accountId} order by id`.execute(db)
  ).rows.map(({ key }) => key);

/** Somebody who hears of it. */
async function withReader(context: Context): Promise<void> {
  const { rows } = await sql<{
    id: string;
  }>`insert into app_user (name, email, password_hash, language, time_zone,
      created_at) values ('Ada', ${`ada${context.accountId}@example.test`}, 'x', 'en', 'Europe/Stockholm', now())
    returning id`.execute(context.db);
  const role = await sql<{ id: string }>`insert into role (account_id, key, permissions, created_at)
    values (${context.accountId}, 'billing', '{}', now()) returning id`.execute(context.db);
  await sql`insert into account_member (account_id, user_id, role_id, joined_at)
    values (${context.accountId}, ${rows[0]?.id}, ${role.rows[0]?.id}, now())`.execute(context.db);
}

describe("at the update instant", () => {
  test("the tier falls to the lowest that fits, once, whoever asks", async () => {
    const context = await client();
    await change(context, "2026-11-21T10:00:00Z", 2500);
    await takeDueChanges(on(context, "2026-12-15T22:59:59Z"));
    expect((await loadBilling(context)).tier).toBe(12_000);
    const at = on(context, "2026-12-15T23:00:00Z");
    await Promise.all([takeDueChanges(at), takeAllDueChanges(at), takeDueChanges(at)]);
    expect((await loadBilling(context)).tier).toBe(7000);
    expect(await history(context)).toEqual(["2026-12-15T23:00 fell 12000-7000 professional"]);
  });

  test("what came later is not what counts: a missed instant takes effect as of itself", async () => {
    const context = await client();
    await change(context, "2026-11-21T10:00:00Z", 100);
    await change(context, "2026-12-20T10:00:00Z", 30);
    await change(context, "2027-01-20T10:00:00Z", -60);
    await takeDueChanges(on(context, "2027-03-01T10:00:00Z"));
    expect(await history(context)).toEqual(["2026-12-15T23:00 fell 12000-2000 professional"]);
  });

  test("a tier keeps the room for what was raised under it before a late job", async () => {
    const context = await client();
    await change(context, "2026-11-21T10:00:00Z", 1000);
    await change(context, "2026-12-16T10:00:00Z", 3000);
    await takeDueChanges(on(context, "2026-12-17T10:00:00Z"));
    expect(await history(context)).toEqual(["2026-12-15T23:00 fell 12000-7000 professional"]);
  });
});

describe("at a renewal", () => {
  test("a yearly term falls only then, and rolls on", async () => {
    const context = await client({ term: "yearly", renewalOn: "2024-02-29" });
    await takeDueChanges(on(context, "2027-02-01T12:00:00Z"));
    expect(await history(context)).toEqual([]);
    await takeDueChanges(on(context, "2028-03-02T12:00:00Z"));
    expect(await history(context)).toEqual([
      "2028-02-28T23:00 renewed 2000-2000 professional",
      "2027-02-27T23:00 fell 12000-2000 professional",
    ]);
  });

  test("a booked plan is taken at renewal with a tier of its own", async () => {
    const context = await client({ tier: 7000 });
    await change(context, "2026-11-21T10:00:00Z", 3500);
    await saveBilling(on(context, "2026-11-25T10:00:00Z"), { plan: "starter" });
    await takeDueChanges(on(context, "2026-12-16T10:00:00Z"));
    expect(await history(context)).toEqual(["2026-12-15T23:00 renewed 7000-4000 starter"]);
    await takeDueChanges(on(context, "2027-01-16T10:00:00Z"));
    expect((await loadBilling(context)).plan).toBe("starter");
  });

  test("a calendar changed in mid-term counts from then on, and loses nothing that was due", async () => {
    const context = await client();
    await change(context, "2026-11-21T10:00:00Z", 10);
    // The job has not run since 16 December when the zone and the day are changed on the 20th.
    await saveBilling(on(context, "2026-12-20T10:00:00Z"), { timeZone: "Asia/Tokyo", renewalOn: "18" });
    expect(await history(context)).toEqual(["2026-12-15T23:00 fell 12000-2000 professional"]);
    await saveBilling(on(context, "2026-12-20T11:00:00Z"), { tier: 12_000 });
    await takeDueChanges(on(context, "2026-12-20T12:00:00Z"));
    expect((await loadBilling(context)).tier).toBe(12_000);
  });
});

describe("people hear", () => {
  test("30 days before, once, and then what happened", async () => {
    const context = await client({ term: "yearly", renewalOn: "2026-01-16" });
    await withReader(context);
    await change(context, "2026-11-21T10:00:00Z", 10);
    await announceFalls(on(context, "2026-12-10T10:00:00Z"));
    expect(await notices(context)).toEqual([]);
    await announceFalls(on(context, "2026-12-17T10:00:00Z"));
    await announceFalls(on(context, "2026-12-18T10:00:00Z"));
    expect(await notices(context)).toHaveLength(1);
    await takeDueChanges(on(context, "2027-01-16T10:00:00Z"));
    expect((await notices(context)).at(-1)).toBe("billing:notice_tier_fell");
  });

  test("why a booked tier was not taken", async () => {
    const context = await client();
    await withReader(context);
    await bookTier(on(context, "2026-12-01T10:00:00Z"), 2000);
    await change(context, "2026-12-02T10:00:00Z", 2001);
    await takeDueChanges(on(context, "2026-12-16T10:00:00Z"));
    expect(await notices(context)).toEqual(["billing:notice_tier_stays"]);
    expect((await loadBilling(context)).tier).toBe(12_000);
    // The choice was for that moment; the next one is by itself again.
    await takeDueChanges(on(context, "2027-01-16T10:00:00Z"));
    expect((await loadBilling(context)).tier).toBe(7000);
  });
});

const prices = { included: 2000, base: 0, blocks: [{ from: 2000, to: null, step: 5000, price: 1 }] };

const act = fc.oneof(
  fc.record({ do: fc.constant("change" as const), delta: fc.integer({ min: -4000, max: 6000 }) }),
  fc.record({ do: fc.constant("raise" as const), steps: fc.integer({ min: 1, max: 2 }) }),
  fc.record({
    do: fc.constant("book" as const),
    wish: fc.constantFrom("stay" as const, "lowest" as const, 2000, 7000, 12_000),
  }),
  fc.record({ do: fc.constant("run" as const) }),
  fc.record({ do: fc.constant("days" as const), days: fc.integer({ min: 1, max: 45 }) }),
);
type Step = typeof act extends fc.Arbitrary<infer Each> ? Each : never;

/** What the rules say, in a few variables. */
class Model {
  tier = 12_000;
  usage = 0;
  now = Date.parse("2026-11-20T12:00:00Z");
  booked: number | null | undefined = undefined;
  private done = this.now;
  private readonly story = [{ at: this.now, usage: 0 }];

  change(delta: number): void {
    this.usage += delta;
    this.story.push({ at: this.now, usage: this.usage });
  }

  run(): void {
    for (const instant of instantsBetween(this.done, this.now)) {
      const then = this.story.findLast(({ at }) => at < instant)?.usage ?? 0;
      this.fall(Math.max(then, this.usage));
      this.booked = undefined;
    }
    this.done = this.now;
  }

  private fall(needed: number): void {
    if (this.booked === undefined) this.tier = Math.min(this.tier, tierFor(prices, needed) ?? 0);
    else if (this.booked !== null && this.booked < this.tier && needed <= this.booked)
      this.tier = this.booked;
  }
}

type Do<Name extends Step["do"]> = Extract<Step, { do: Name }>;

const steps = {
  days: (model: Model, { days }: Do<"days">) => {
    model.now += days * 86_400_000;
    return Promise.resolve();
  },
  run: async (model: Model, _: Do<"run">, context: Context) => {
    model.run();
    await takeDueChanges(context);
  },
  change: async (model: Model, { delta }: Do<"change">, context: Context) => {
    const possible = Math.max(delta, -model.usage);
    model.change(possible);
    if (possible !== 0) await change(context, new Date(model.now).toISOString(), possible);
  },
  raise: async (model: Model, { steps }: Do<"raise">, context: Context) => {
    model.run();
    model.tier += steps * 5000;
    model.booked = undefined;
    await saveBilling(context, { tier: model.tier });
  },
  book: async (model: Model, { wish }: Do<"book">, context: Context) => {
    model.run();
    await takeDueChanges(context);
    if (typeof wish === "number" && wish >= model.tier) return;
    model.booked = wish === "lowest" ? undefined : wish === "stay" ? null : wish;
    await bookTier(context, wish);
  },
};

test("tier falls follow a small model, whatever comes and however late the job", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
      const context = await client({ tier: 12_000 });
      const model = new Model();
      const at = () => on(context, new Date(model.now).toISOString());
      for (const each of acts) {
        model.now += 3_600_000;
        await steps[each.do](model, each as never, at());
      }
      model.run();
      await takeDueChanges(at());
      expect((await loadBilling(context)).tier).toBe(model.tier);
    }),
    { numRuns: 25 },
  );
}, 120_000);

/** The 16th at local midnight in Stockholm, in winter and summer. */
function instantsBetween(after: number, until: number): number[] {
  const instants: number[] = [];
  for (let month = 10; month < 60; month++) {
    const day = new Date(Date.UTC(2026, month, 16));
    const summer = day.getUTCMonth() >= 3 && day.getUTCMonth() <= 9;
    const instant = day.getTime() - (summer ? 2 : 1) * 3_600_000;
    if (instant > after && instant <= until) instants.push(instant);
  }
  return instants;
}
