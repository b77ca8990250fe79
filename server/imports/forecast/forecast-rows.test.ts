import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Plan } from "#contract/imports.ts";
import { deleteContacts } from "#server/contacts/deletion/delete-contacts.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { importFile } from "#test/import.ts";

let database: FreshDatabase;
beforeAll(async () => {
  registerKinds();
  database = await freshDatabase();
});
afterAll(() => database.close());

const inAccount = async (limits: Parameters<typeof buildAccount>[1]): Promise<Context> =>
  buildContext(database.db, { accountId: await buildAccount(database.db, limits) });

/** What was forecast, as far as the result says it too. */
async function forecastAndResult(context: Context, file: string, changes: Partial<Plan> = { status: "all" }) {
  const { forecast, result } = await importFile(context, file, changes);
  expect(forecast).toMatchObject(result as object);
  return result;
}

const known = "email,city\na@x.test,Lund\nb@x.test,Lund\nc@x.test,Lund\n";
/** In another order than the contacts', of whom one gets another value; and a new one. */
const again = "email,city\nd@x.test,Lund\nc@x.test,Lund\nb@x.test,Umeå\na@x.test,Lund\n";

it("forecasts matched contacts that are refused as what they stay", async () => {
  const context = await inAccount({ tier: 1, policy: "refuse" });
  await importFile(context, known);
  expect(await forecastAndResult(context, again)).toMatchObject({
    created: 1,
    updated: 2,
    unchanged: 1,
    raised: 1,
    refused: 3,
  });
  expect(await forecastAndResult(context, again)).toMatchObject({ updated: 0, unchanged: 4, refused: 3 });
});

it("forecasts contacts that wait already as unchanged, and those that begin to wait as updated", async () => {
  const context = await inAccount({ tier: 1 });
  await importFile(context, known);
  expect(await forecastAndResult(context, known)).toMatchObject({ updated: 3, unchanged: 0, held: 2 });
  expect(await forecastAndResult(context, again)).toMatchObject({
    created: 1,
    updated: 1,
    unchanged: 2,
    held: 3,
  });
});

it("forecasts rows that bring an opt-out or a bounce as updated while that is news", async () => {
  const context = await inAccount({});
  await importFile(context, known);
  const header = "email,Unsubscribed from all email,clean_time\n";
  const said = (day: string) => `${header}a@x.test,true,\nb@x.test,,${day}\nc@x.test,,\n`;
  const first = said("2026-11-02");
  expect(await forecastAndResult(context, first, { status: "nobody" })).toMatchObject({
    updated: 2,
    unchanged: 1,
  });
  expect(await forecastAndResult(context, first)).toMatchObject({ updated: 1, unchanged: 2, protected: 2 });
  expect(await forecastAndResult(context, first)).toMatchObject({ updated: 0, unchanged: 3, protected: 2 });
  expect(await forecastAndResult(context, said("2026-11-03"))).toMatchObject({ updated: 1, unchanged: 2 });
});

it("forecasts whom deleted people's remembered opt-outs protect", async () => {
  const context = await inAccount({});
  await importFile(context, `${known}d@x.test,Lund\n`);
  const unsubscribed = "email,Unsubscribed from all email\na@x.test,true\nb@x.test,true\n";
  await importFile(context, unsubscribed);
  const { rows } = await sql<{ id: string; email: string }>`select id, email from contact
    where account_id = ${context.accountId} order by email`.execute(database.db);
  const ids = rows.map(({ id }) => id);
  await deleteContacts(context, { ids: ids.slice(0, 2), sourceType: "USER_SET", sourceId: null });
  expect(await forecastAndResult(context, known)).toMatchObject({ created: 2, raised: 1, protected: 2 });
  await deleteContacts(context, {
    ids: await idsOf(context, "a@x.test"),
    sourceType: "USER_SET",
    sourceId: null,
  });
  const moved = `Record ID,email\n${ids[2]},a@x.test\n${ids[3]},d@x.test\n`;
  expect(await forecastAndResult(context, moved, { match: "id", status: "nobody" })).toMatchObject({
    updated: 1,
    unchanged: 1,
  });
  const included = await forecastAndResult(context, "email\nb@x.test\n", {
    status: "all",
    includeProtected: true,
  });
  expect(included).toMatchObject({ raised: 1, protected: 0 });
});

async function idsOf({ accountId }: Context, email: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from contact
    where account_id = ${accountId} and email = ${email} and deleted_at is null`.execute(database.db);
  return rows.map(({ id }) => id);
}
