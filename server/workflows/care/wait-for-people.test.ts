import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approveHeld } from "#server/marketing-status/review/approve-held.ts";
import { declineHeld } from "#server/marketing-status/review/decline-held.ts";
import { resumeSource } from "#server/marketing-status/spikes/resume-source.ts";
import { verifyAccount } from "#server/marketing-status/verify/verify-account.ts";
import type { Context } from "#server/platform/context.ts";
import { buildContacts } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { account, history, running, states, work } from "#test/workflow.ts";
import { enrollContacts } from "../enrollment/enroll-contacts.ts";
import { wakeForgotten } from "./wake-decided.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const raise = { id: "a", type: "set_status", value: "marketing", next: "n" };
const next = { id: "n", type: "end" };

async function limited(
  definition: object,
  tier: number,
): Promise<[Context, Awaited<ReturnType<typeof running>>, string[]]> {
  const context = await account(database.db);
  await sql`update billing_account set tier = ${tier} where account_id = ${context.accountId}`.execute(
    context.db,
  );
  const ids = await buildContacts(context.db, context.accountId, 4);
  const workflow = await running(context, definition);
  await enrollContacts(context, { workflow, ids, cause: "manual" });
  await work(context, workflow);
  return [context, workflow, ids];
}

async function operation({ db, accountId }: Context): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into operation
      (account_id, kind, state, params, source_type, actor_type, created_at)
    values (${accountId}, 'approve_held', 'running', '{}', 'USER_SET', 'user', now()) returning id`.execute(
    db,
  );
  return rows[0]?.id ?? "";
}

describe("contacts that are held", () => {
  it("wait at the step, and go on where they are approved or declined", async () => {
    const steps = [{ ...raise, branches: { refused: "r" } }, next, { id: "r", type: "end" }];
    const [context, workflow, ids] = await limited({ start: "a", steps }, 1);
    expect(await states(context, workflow)).toEqual({ "finished n": 1, "waiting a held": 3 });
    expect(await history(context, workflow)).toMatchObject({ "a done set": 1, "a info held": 3 });
    const [, approved = "", declined = ""] = ids;
    const operationId = await operation(context);
    await approveHeld(context, { ids: [approved], operationId, tier: 2000, last: null });
    await declineHeld(context, { ids: [declined], operationId });
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({
      "finished n": 2,
      "finished r": 1,
      "waiting a held": 1,
    });
    expect(await history(context, workflow)).toMatchObject({ "a done set": 2, "a done refused": 1 });
    expect(await verifyAccount(context)).toMatchObject({ marketing: 2, differences: [] });
  });

  it("take the way that was chosen for them at once", async () => {
    const steps = [{ ...raise, branches: { held: "h" } }, next, { id: "h", type: "end" }];
    const [context, workflow] = await limited({ start: "a", steps }, 3);
    expect(await states(context, workflow)).toEqual({ "finished h": 1, "finished n": 3 });
  });

  it("wait on when another workflow asks for what is held already", async () => {
    const [context, , ids] = await limited({ start: "a", steps: [raise, next] }, 1);
    const second = await running(context, { start: "a", steps: [raise, next] });
    await enrollContacts(context, { workflow: second, ids: ids.slice(1), cause: "manual" });
    await work(context, second);
    expect(await states(context, second)).toEqual({ "waiting a held": 3 });
    await work(context, second);
    expect(await history(context, second)).toMatchObject({ "a info held": 3 });
  });
});

/** Of how many contacts each operation tells that set them as marketing. */
async function operationTotals({ db, accountId }: Context): Promise<number[]> {
  const { rows } = await sql<{ total: number }>`select total::int as total from operation
    where account_id = ${accountId} and kind = 'set_marketing'`.execute(db);
  return rows.map(({ total }) => total);
}

describe("a workflow that is too fast", () => {
  it("keeps its contacts at the step until somebody lets it go on", async () => {
    const context = await account(database.db);
    await sql`insert into marketing_setting (account_id, spike_percent, spike_contacts)
      values (${context.accountId}, 0, 3)`.execute(context.db);
    const ids = await buildContacts(context.db, context.accountId, 4);
    const workflow = await running(context, { start: "a", steps: [raise, next] });
    await enrollContacts(context, { workflow, ids, cause: "manual" });
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "waiting a spike": 4 });
    const { rows } = await sql<{ id: string }>`select id from paused_source
      where account_id = ${context.accountId}`.execute(context.db);
    await wakeForgotten(context);
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "waiting a spike": 4 });
    expect(await operationTotals(context)).toEqual([]);
    await resumeSource(context, { pauseId: rows[0]?.id ?? "" });
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "finished n": 4 });
    expect(await history(context, workflow)).toMatchObject({ "a info spike": 4, "a done set": 4 });
    expect(await operationTotals(context)).toEqual([4]);
  });

  it("is found again by those whom a decision has missed", async () => {
    const [context, workflow] = await limited({ start: "a", steps: [raise, next] }, 1);
    const { db, accountId } = context;
    await sql`update held_raise set ended_at = now(), ended_by = 'lowered' where account_id = ${accountId}`.execute(
      db,
    );
    await sql`update workflow_enrollment set due_at = null where account_id = ${accountId} and reason = 'held'`.execute(
      db,
    );
    await wakeForgotten(context);
    await work(context, workflow);
    expect(await states(context, workflow)).toEqual({ "finished n": 4 });
  });
});
