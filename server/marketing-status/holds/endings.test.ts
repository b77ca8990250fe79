import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerKinds } from "#server/operation-kinds.ts";
import { startOperation } from "#server/operations/start-operation.ts";
import { undoOperation } from "#server/operations/undo-operation.ts";
import { workOperation } from "#server/operations/work-operation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { endings, full, held, type Made, made, on, places, usage } from "#test/holds.ts";
import { countLowering } from "../bulk/count-lowering.ts";
import { followProtection } from "../protection/follow-protection.ts";
import { pinContact } from "../record/pin-contact.ts";
import { setContactStatus, undoContactStatus } from "../record/set-contact-status.ts";
import { showContactStatus } from "../record/show-contact-status.ts";
import { livingContacts } from "../status/classify.ts";
import { mergeStatus } from "../status/merge-status.ts";
import { removeStatus } from "../status/remove-status.ts";
import { restoreStatus } from "../status/restore-status.ts";
import { setMarketing } from "../status/set-marketing.ts";
import { setNonMarketing } from "../status/set-non-marketing.ts";
import { undoStatus } from "../status/undo-status.ts";
import { verifyAccount } from "../verify/verify-account.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const source = { sourceType: "USER_SET" } as const;
const verified = async ({ context }: Made) => expect((await verifyAccount(context)).differences).toEqual([]);

describe("other ways up", () => {
  test("undoing a lowering after its instant needs room like any raise", async () => {
    const all = await full(database.db);
    await setNonMarketing(all.context, { ...source, ids: all.ids.slice(0, 3), operationId: "8" });
    const later = on(all.context, "2026-12-02T12:00:00Z");
    await setMarketing(later, { ...source, ids: all.ids.slice(6, 8) });
    const outcomes = await undoStatus(later, {
      ...source,
      ids: all.ids.slice(0, 3),
      entry: { operationId: "8" },
    });
    expect(places(outcomes, all.ids)).toEqual({ set_marketing: [0], "held:limit": [1, 2] });
    expect(await usage(later)).toBe(4);
    expect((await verifyAccount(later)).differences).toEqual([]);
  });

  test("undoing the raise ends what it had held", async () => {
    const all = await full(database.db);
    const outcomes = await undoStatus(all.context, { ...source, ids: all.ids, entry: { operationId: "7" } });
    expect(places(outcomes, all.ids)).toEqual({ undone: [0, 1, 2, 3], unheld: [4, 5, 6, 7, 8, 9] });
    expect(await held(all)).toEqual([]);
    await verified(all);
  });

  test("a restored contact that counted waits when its place is taken", async () => {
    const all = await full(database.db);
    const [first = ""] = all.ids;
    await gone(all.context, first);
    await setMarketing(all.context, { ...source, ids: all.ids.slice(4, 5) });
    await sql`update contact set deleted_at = null where account_id = ${all.context.accountId}
      and id = ${first}`.execute(database.db);
    const outcomes = await restoreStatus(all.context, { ...source, ids: [first] });
    expect(places(outcomes, all.ids)).toEqual({ "held:limit": [0] });
    expect(await usage(all.context)).toBe(4);
    expect(await held(all)).toEqual([0, 5, 6, 7, 8, 9]);
    await verified(all);
  });
});

describe("an undone lowering", () => {
  test("undoing a lowering brings back what it had ended, for who was only held too", async () => {
    const all = await full(database.db);
    const { groups } = await countLowering(all.context, livingContacts(all.context, all.ids.slice(3, 8)));
    const lowering = { ...source, ids: all.ids.slice(3, 8), operationId: "8" };
    const outcomes = await setNonMarketing(all.context, lowering);
    expect(places(outcomes, all.ids)).toEqual({ scheduled: [3], unheld: [4, 5, 6, 7] });
    expect(groups.map(({ outcome, contacts }) => [outcome, contacts])).toEqual([
      ["scheduled", 1],
      ["unheld", 4],
    ]);
    await pinContact(all.context, { contactId: all.ids[4] as string, pin: "never" });
    await setContactStatus(on(all.context, "2026-11-18T13:00:00Z"), {
      contactId: all.ids[5] as string,
      to: "marketing",
    });
    const undone = await undoStatus(all.context, {
      ...lowering,
      operationId: "10",
      entry: { operationId: "8" },
    });
    expect(places(undone, all.ids)).toEqual({ unscheduled: [3], changed_since: [4, 5], held: [6, 7] });
    expect(await held(all)).toEqual([5, 6, 7, 8, 9]);
    const again = await undoStatus(all.context, {
      ...lowering,
      operationId: "10",
      entry: { operationId: "8" },
    });
    expect(places(again, all.ids)).toEqual({ changed_since: [3, 4, 5, 6, 7] });
    await verified(all);
  });

  test("an operation that held and lowered the same contact leaves nothing waiting when it is undone", async () => {
    const all = await made(database.db, { tier: 1000, maximum: 0 });
    const same = { ...source, ids: all.ids.slice(0, 1), operationId: "9" };
    await setMarketing(all.context, same);
    await setNonMarketing(all.context, same);
    await undoStatus(all.context, { ...same, entry: { operationId: "9" } });
    expect(await held(all)).toEqual([]);
  });
});

describe("an undone operation that lowered", () => {
  test("of the holds that one operation ended, only the latest comes back", async () => {
    const all = await full(database.db);
    const lowering = { ...source, ids: all.ids.slice(8), operationId: "8" };
    await setNonMarketing(all.context, lowering);
    await setMarketing(all.context, { ...lowering, operationId: "9" });
    await setNonMarketing(all.context, lowering);
    await undoStatus(all.context, { ...lowering, operationId: "10", entry: { operationId: "8" } });
    expect(await held(all)).toEqual([4, 5, 6, 7, 8, 9]);
  });

  test("an operation that only ended holds can be undone", async () => {
    registerKinds();
    const all = await full(database.db);
    const { operationId } = await startOperation(all.context, {
      kind: "set_non_marketing",
      params: {},
      scope: livingContacts(all.context, all.ids.slice(8)),
      sourceType: "USER_SET",
      sourceId: null,
    });
    await workOperation(all.context, operationId, () => {});
    expect(await held(all)).toEqual([4, 5, 6, 7]);
    const undo = await undoOperation(all.context, { operationId });
    await workOperation(all.context, undo.operationId, () => {});
    expect(await held(all)).toEqual([4, 5, 6, 7, 8, 9]);
  });
});

async function lowered() {
  const all = await full(database.db);
  const contactId = all.ids[5] as string;
  const later = on(all.context, "2026-11-18T12:30:00Z");
  const { outcome, contact } = await setContactStatus(later, { contactId, to: "non_marketing" });
  expect([outcome, contact.held]).toEqual(["unheld", null]);
  return { all, later, contactId, holdId: contact.undo?.holdId as string };
}

describe("a hold that was ended on the record", () => {
  test("comes back there, in its old place", async () => {
    const { all, later, contactId, holdId } = await lowered();
    const undone = await undoContactStatus(later, { contactId, holdId });
    expect(undone).toMatchObject({
      outcome: "held",
      contact: { held: { since: "2026-11-18T12:00:00.000Z" }, undo: null },
    });
    expect(await held(all)).toEqual([4, 5, 6, 7, 8, 9]);
    await expect(undoContactStatus(later, { contactId, holdId })).rejects.toThrow("changed_since");
    await verified(all);
  });

  test("stays ended once the contact has been pinned or has counted since", async () => {
    const { all, later, contactId, holdId } = await lowered();
    await pinContact(later, { contactId, pin: "never" });
    await expect(undoContactStatus(later, { contactId, holdId })).rejects.toThrow("changed_since");
    await pinContact(later, { contactId, pin: null });
    await gone(all.context, all.ids[0] as string);
    const raised = await setContactStatus(on(later, "2026-11-18T13:00:00Z"), { contactId, to: "marketing" });
    expect(raised.contact.undo).toMatchObject({ holdId: null });
    await expect(undoContactStatus(later, { contactId, holdId })).rejects.toThrow("changed_since");
    const shown = await showContactStatus(all.context, { contactId: all.ids[6] as string });
    expect(shown.undo).toBeNull();
  });
});

const gone = (context: Context, id: string) =>
  inTransaction(context, async (context) => {
    const { db, accountId } = context;
    await sql`insert into deleted_contact (account_id, contact_id, deleted_at, emails, kept_until, kept_source_type)
      select ${accountId}, ${id}, now(), '[]', until, source_type from marketing_contact
      where account_id = ${accountId} and contact_id = ${id}`.execute(db);
    await sql`update contact set deleted_at = now() where account_id = ${accountId} and id = ${id}`.execute(
      db,
    );
    await removeStatus(context, { ...source, ids: [id], kind: "deleted" });
  });

describe("a hold ends", () => {
  test("when the contact is deleted, protected, pinned, lowered or raised in its own right", async () => {
    const all = await full(database.db);
    const id = (place: number) => all.ids[place] as string;
    await gone(all.context, id(4));
    await sql`insert into subscription_fact (account_id, contact_id, kind, at, source_type, actor_type, protects)
      values (${all.context.accountId}, ${id(5)}, 'opt_out', now(), 'USER_SET', 'user', true)`.execute(
      database.db,
    );
    await followProtection(all.context, { ...source, ids: [id(5)] });
    await pinContact(all.context, { contactId: id(6), pin: "never" });
    await setNonMarketing(all.context, { ...source, ids: [id(7)] });
    await gone(all.context, id(0));
    await setContactStatus(all.context, { contactId: id(8), to: "marketing" });
    expect(await endings(all)).toEqual({
      4: "deleted",
      5: "protected",
      6: "pinned",
      7: "lowered",
      8: "raised",
    });
    expect(await held(all)).toEqual([9]);
    await verified(all);
  });

  test("by a merge, when the survivor counts; else the survivor waits in the loser's place", async () => {
    const all = await full(database.db);
    const merge = async (survivor: number, loser: number) => {
      const [survivorId, loserId] = [all.ids[survivor] as string, all.ids[loser] as string];
      await mergeStatus(all.context, { ...source, survivorId, loserId });
      await sql`delete from contact where account_id = ${all.context.accountId} and id = ${loserId}`.execute(
        database.db,
      );
    };
    await merge(0, 4);
    expect(await held(all)).toEqual([5, 6, 7, 8, 9]);
    await merge(5, 6);
    expect(await held(all)).toEqual([5, 7, 8, 9]);
    await merge(7, 1);
    expect(await held(all)).toEqual([5, 8, 9]);
    expect(await endings(all)).toEqual({ 4: "merged", 6: "merged", 7: "raised" });
    await verified(all);
  });
});
