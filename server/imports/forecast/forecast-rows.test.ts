import { afterAll, beforeAll, expect, it } from "vitest";
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
async function forecastAndResult(context: Context, file: string) {
  const { forecast, result } = await importFile(context, file, { status: "all" });
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
