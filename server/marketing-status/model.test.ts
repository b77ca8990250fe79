import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { saveBilling } from "#server/billing/save-billing.ts";
import { bookTier } from "#server/billing/tiers/book-tier.ts";
import { takeDueChanges } from "#server/billing/tiers/take-due-changes.ts";
import { fixedClock } from "#server/platform/clock.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { CONTACTS, history, limits } from "#test/status-histories.ts";
import { type Step, takeStep } from "#test/status-model.ts";
import { current, type Limits, newPerson, newWorld, type World } from "#test/status-world.ts";
import { changeBilling } from "./calendar/change-billing.ts";
import { endHeld } from "./holds/queries.ts";
import { approveHeld } from "./review/approve-held.ts";
import { declineHeld } from "./review/decline-held.ts";
import { mergeStatus } from "./status/merge-status.ts";
import { removeStatus } from "./status/remove-status.ts";
import { rescheduleWaiting } from "./status/reschedule-waiting.ts";
import { restoreStatus } from "./status/restore-status.ts";
import { setMarketing } from "./status/set-marketing.ts";
import { setNonMarketing } from "./status/set-non-marketing.ts";
import { settleDueChanges } from "./status/settle-due-changes.ts";
import { undoStatus } from "./status/undo-status.ts";
import { selectUsage } from "./usage/queries.ts";
import { verifyAccount } from "./verify/verify-account.ts";

// The engine against the model of test/status-model.ts, step by step through random histories.

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await sql`update price_book set included = 2, blocks = '[{"from": 2, "to": null, "step": 2, "price": 100}]'
    where plan = 'professional' and currency = 'EUR'`.execute(database.db);
});
afterAll(() => database.close());

const source = { sourceType: "USER_SET" } as const;

/** Most rules are about contacts that count, so every run begins with them. */
const everybody: Step = { do: "raise", who: [...Array(CONTACTS - 1).keys()], includeProtected: true };

interface Doing {
  readonly world: World;
  readonly ids: string[];
  readonly chosen: string[];
  readonly operationId: string;
}

type Engine = {
  [Name in Step["do"]]: (
    context: Context,
    step: Extract<Step, { do: Name }>,
    doing: Doing,
  ) => Promise<unknown>;
};

const engine: Engine = {
  raise: (context, { includeProtected }, { chosen, operationId }) =>
    setMarketing(context, { ...source, ids: chosen, operationId, includeProtected }),
  lower: (context, _, { chosen, operationId }) =>
    setNonMarketing(context, { ...source, ids: chosen, operationId }),
  undo: (context, _, { ids, world }) =>
    undoStatus(context, { ...source, ids, entry: { operationId: world.lastOperation } }),
  settle: (context) => settleDueChanges(context),
  wait: async () => {},
  delete: (context, _, { chosen }) => remove(context, chosen),
  restore: (context, _, { chosen }) => restore(context, chosen),
  protect: (context, _, { chosen }) => protect(context, chosen),
  unprotect: (context, _, { chosen }) => unprotect(context, chosen),
  approve: (context, _, { chosen, operationId, world }) =>
    approveHeld(context, { ids: chosen, operationId, tier: world.limits.tier, last: null }),
  decline: (context, _, { chosen, operationId }) => declineHeld(context, { ids: chosen, operationId }),
  pin: (context, step, { chosen }) => setPin(context, chosen, step.pin),
  merge: (context, _, { chosen }) => merge(context, chosen),
  calendar: async (context, _, { world, ids }) => {
    await saveBilling(context, { renewalOn: world.anchor.slice(-2) });
    await rescheduleWaiting(context, { ...source, ids });
  },
  settings: (context, { change }) => changeBilling(context, change),
  book: (context, { wish }) => bookTier(context, wish),
  renew: (context) => takeDueChanges(context),
};

const living = ({ accountId }: Context, ids: string[]) => sql`select id from contact
  where account_id = ${accountId} and id = any(${ids}::bigint[]) and deleted_at is null`;

async function merge(context: Context, [survivorId, loserId]: string[]): Promise<void> {
  const { rows } = await living(context, [survivorId, loserId] as string[]).execute(context.db);
  if (rows.length < 2) return;
  await mergeStatus(context, { survivorId: survivorId as string, loserId: loserId as string, ...source });
  await sql`delete from contact where account_id = ${context.accountId} and id = ${loserId}`.execute(
    context.db,
  );
}

const remove = (context: Context, ids: string[]) =>
  inTransaction(context, async (context) => {
    const { db, accountId } = context;
    const { rows } = await sql<{ id: string }>`insert into deleted_contact
        (account_id, contact_id, deleted_at, emails, kept_until, kept_source_type)
      select ${accountId}, c.id, now(), '[]', m.until, m.source_type from (${living(context, ids)}) c
      left join marketing_contact m on m.account_id = ${accountId} and m.contact_id = c.id
      returning contact_id as id`.execute(db);
    const gone = rows.map(({ id }) => id);
    if (gone.length > 0) await removeStatus(context, { ...source, ids: gone, kind: "deleted" });
    await sql`update contact set deleted_at = now() where account_id = ${accountId}
      and id = any(${gone}::bigint[])`.execute(db);
  });

const restore = (context: Context, ids: string[]) =>
  inTransaction(context, async (context) => {
    const { db, accountId } = context;
    const { rows } = await sql<{
      id: string;
    }>`update contact set deleted_at = null where account_id = ${accountId}
      and id = any(${ids}::bigint[]) and deleted_at is not null returning id`.execute(db);
    const back = rows.map(({ id }) => id);
    if (back.length > 0) await restoreStatus(context, { ...source, ids: back });
    await sql`delete from deleted_contact where account_id = ${accountId}
      and contact_id = any(${back}::bigint[])`.execute(db);
  });

const unprotect = (context: Context, ids: string[]) =>
  sql`delete from subscription_fact where account_id = ${context.accountId}
    and contact_id in (${living(context, ids)})`.execute(context.db);

async function protect(context: Context, ids: string[]): Promise<void> {
  await unprotect(context, ids);
  await sql`insert into subscription_fact (account_id, contact_id, kind, at, source_type, actor_type, protects)
    select ${context.accountId}, id, 'opt_out', ${context.clock.sql}, 'USER_SET', 'user', true
    from (${living(context, ids)}) c`.execute(context.db);
}

async function setPin(context: Context, ids: string[], pinned: "always" | "never" | null): Promise<void> {
  await sql`delete from marketing_pin where account_id = ${context.accountId}
    and contact_id in (${living(context, ids)})`.execute(context.db);
  if (pinned === null) return;
  if (pinned === "never") await endHeld(context, { ids, by: "pinned" });
  await sql`insert into marketing_pin (account_id, contact_id, pin, at, actor_type)
    select ${context.accountId}, id, ${pinned}, now(), 'user' from (${living(context, ids)}) c`.execute(
    context.db,
  );
}

async function untils(context: Context, ids: string[]): Promise<(number | null)[]> {
  const { rows } = await sql<{ id: string; until: number }>`select contact_id as id,
    case when until = 'infinity' then 'infinity'::float8 else extract(epoch from until)::float8 * 1000 end as until
    from marketing_contact where account_id = ${context.accountId} and until > ${context.clock.sql}`.execute(
    context.db,
  );
  const found = new Map(rows.map(({ id, until }) => [id, until]));
  return ids.map((id) => found.get(id) ?? null);
}

async function held(context: Context, ids: string[]): Promise<number[]> {
  const { rows } = await sql<{ id: string }>`select contact_id as id from held_raise
    where account_id = ${context.accountId} and ended_at is null order by contact_id`.execute(context.db);
  return rows.map(({ id }) => ids.indexOf(id));
}

async function tier({ db, accountId }: Context): Promise<number | undefined> {
  const { rows } = await sql<{
    tier: number;
  }>`select tier from billing_account where account_id = ${accountId}`.execute(db);
  return rows[0]?.tier;
}

/** As the model says it: a tier, null to stay, undefined without a choice. */
async function booking({ db, accountId }: Context): Promise<number | null | undefined> {
  const { rows } = await sql<{ tier: number | null }>`select tier from billing_booking
    where account_id = ${accountId} and what = 'tier'`.execute(db);
  return rows[0]?.tier;
}

const refused = (work: Promise<unknown>) =>
  work.then(
    () => false,
    (error: unknown) => {
      if (error instanceof AppError) return true;
      throw error;
    },
  );

async function live(limits: Limits, steps: readonly Step[]): Promise<void> {
  const calendar = { timeZone: "Europe/Warsaw", renewalOn: "2026-01-31" };
  const accountId = await buildAccount(database.db, { ...calendar, ...limits });
  const ids = await buildContacts(database.db, accountId, CONTACTS);
  const now = Date.parse("2026-10-20T09:30:00Z");
  const people = ids.map(newPerson);
  const world = newWorld({ people, now, anchor: "2026-01-31", limits: { ...limits } });
  await takeDueChanges(buildContext(database.db, { accountId, clock: fixedClock(new Date(now)) }));
  for (const [index, action] of [everybody, ...steps].entries()) {
    const operationId = String(index + 1);
    const undone = world.lastOperation;
    takeStep(world, action, operationId);
    const context = buildContext(database.db, { accountId, clock: fixedClock(new Date(world.now)) });
    const chosen = "who" in action ? action.who.map((person) => ids[person] as string) : [];
    const doing = { world: { ...world, lastOperation: undone }, ids, chosen, operationId };
    expect(await refused(engine[action.do](context, action as never, doing))).toBe(world.isRefused);
    expect(await untils(context, ids)).toEqual(world.people.map((person) => current(person, world)));
    const counting = world.people.filter((person) => current(person, world) !== null).length;
    expect((await selectUsage(context, new Date(world.now))).marketing).toBe(counting);
    expect(counting).toBeLessThanOrEqual(world.limits.maximum ?? CONTACTS);
    const waiting = world.people.flatMap((person, place) => (person.held ? [place] : []));
    expect(await held(context, ids)).toEqual(waiting);
    expect([await tier(context), await booking(context)]).toEqual([world.limits.tier, world.booking]);
    expect((await verifyAccount(context)).differences).toEqual([]);
  }
}

// oxlint-disable-next-line vitest/expect-expect -- every step of `live` expects
test("the engine does what the model says, and the bill equals a recount after every step", async () => {
  const property = fc.asyncProperty(limits, history, live);
  await fc.assert(property, { numRuns: Number(process.env["MODEL_RUNS"] ?? 40) });
}, 300_000);
