import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { updateContact } from "#server/contacts/record/update-contact.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { setNonMarketing } from "#server/marketing-status/status/set-non-marketing.ts";
import { settleAccount } from "#server/marketing-status/status/settle-due-changes.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { monthOf, monthsSince, periodAt, periodFrom } from "./period.ts";
import { sharePrice } from "./share-price.ts";
import { showStatement } from "./show-statement.ts";
import { writeStatementCsv } from "./write-statement-csv.ts";
import { writeStatementPdf } from "./write-statement-pdf.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const byHand = { sourceType: "USER_SET" } as const;
const at = (context: Context, instant: string): Context => ({
  ...context,
  clock: fixedClock(new Date(instant)),
});

describe("periods", () => {
  const calendar = { term: "monthly", anchor: "2026-01-31", timeZone: "Europe/Warsaw" } as const;

  test("a month has the zone's midnights, also when the clock changes in it", () => {
    expect(monthOf("2026-10", "Europe/Warsaw")).toMatchObject({
      from: new Date("2026-09-30T22:00:00Z"),
      to: new Date("2026-10-31T23:00:00Z"),
      lastDay: "2026-10-31",
    });
  });

  test("an update period runs from update to update, in shorter months too", () => {
    expect(periodAt(calendar, new Date("2026-03-01T12:00:00Z"))).toMatchObject({
      firstDay: "2026-02-28",
      lastDay: "2026-03-30",
    });
    expect(periodFrom(calendar, "2026-02-28")?.lastDay).toBe("2026-03-30");
    expect(periodFrom(calendar, "2026-03-01")).toBeNull();
  });

  test("months are offered back to the first change", () => {
    expect(monthsSince("2026-09-20", "2026-11-18")).toEqual(["2026-11", "2026-10", "2026-09"]);
  });
});

test.for([
  [100, [1, 1, 1], [34, 33, 33]],
  [39_600, [5, 0, 3], [24_750, 0, 14_850]],
  [7, [0, 0], [0, 0]],
  [1, [1, 1], [1, 0]],
] as const)("%i is shared by %j", ([amount, weights, shares]) => {
  expect(sharePrice(amount, weights)).toEqual(shares);
});

/** October: three in Łódź, two in Umeå, one without a city; one of Łódź leaves on 1 November, another moves later. */
async function story(): Promise<Context> {
  const accountId = await buildAccount(database.db, { tier: 2000 });
  const context = buildContext(database.db, { accountId });
  const ids = await buildContacts(database.db, accountId, 6);
  await sql`update contact set city = case when id <= ${ids[2]} then 'Łódź' when id <= ${ids[4]} then 'Umeå' end
    where account_id = ${accountId}`.execute(database.db);
  await setMarketing(at(context, "2026-10-05T10:00:00Z"), { ids, ...byHand });
  await setNonMarketing(at(context, "2026-10-06T10:00:00Z"), { ids: ids.slice(0, 1), ...byHand });
  await settleAccount(at(context, "2026-11-01T10:00:00Z"));
  await updateContact(at(context, "2026-11-05T10:00:00Z"), {
    contactId: ids[1] as string,
    properties: { city: "Malmö" },
  });
  return at(context, "2026-12-18T10:00:00Z");
}

test("each value has its numbers, as its contacts had it at the end of the period", async () => {
  const context = await story();
  const october = await showStatement(context, { month: "2026-10", by: "city" });
  expect(october.rows).toMatchObject([
    { label: "Łódź", opening: 0, raised: 3, lowered: 0, closing: 3 },
    { label: "Umeå", opening: 0, raised: 2, lowered: 0, closing: 2 },
    { type: "none", opening: 0, raised: 1, lowered: 0, closing: 1 },
  ]);
  expect(october).toMatchObject({ isOpen: false, total: { closing: 6 }, price: { tier: 2000 } });
  expect(october.rows.reduce((sum, { price }) => sum + (price ?? 0), 0)).toBe(october.price?.amount);
  const november = await showStatement(context, { period: "2026-11-01", by: "city" });
  expect(
    november.rows.map(({ label, opening, lowered, closing }) => [label, opening, lowered, closing]),
  ).toEqual([
    ["Umeå", 2, 0, 2],
    ["Malmö", 1, 0, 1],
    ["Łódź", 2, 1, 1],
    [null, 1, 0, 1],
  ]);
});

test("files hold the same numbers, with the letters of all languages", async () => {
  const statement = await showStatement(await story(), { month: "2026-10", by: "city" });
  expect(writeStatementCsv(statement, "en").split("\r\n")).toEqual([
    "\ufeffCity,Opening,Raised,Lowered,Closing,Share of price,Currency",
    expect.stringMatching(/^Łódź,0,3,0,3,\d+\.\d\d,EUR$/),
    expect.stringMatching(/^Umeå,0,2,0,2,/),
    expect.stringMatching(/^No value,0,1,0,1,/),
    expect.stringMatching(/^Total,0,6,0,6,/),
    "",
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await writeStatementPdf(statement, "pl")) chunks.push(chunk as Buffer);
  const pdf = Buffer.concat(chunks);
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  expect(pdf.length).toBeGreaterThan(5_000);
});

test("no title is run as a formula either", async () => {
  const statement = await showStatement(await story(), { month: "2026-10", by: "city" });
  const csv = writeStatementCsv({ ...statement, by: { name: "city", label: "=1+1" } }, "en");
  expect(csv).toMatch(/^\ufeff'=1\+1,/);
});

test.for([
  [{ month: "2027-01" }, "usage:period_ahead"],
  [{ period: "2026-10-02" }, "usage:no_period"],
  [{ by: "nonsense" }, "usage:property_unknown"],
] as const)("%j is refused", async ([input, reason]) => {
  await expect(showStatement(await story(), input)).rejects.toMatchObject({ reason });
});
