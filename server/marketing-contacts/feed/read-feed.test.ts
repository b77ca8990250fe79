import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { saveBilling } from "#server/billing/save-billing.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import { setNonMarketing } from "#server/marketing-status/status/set-non-marketing.ts";
import { fixedClock } from "#server/platform/clock.ts";
import { buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildOwner } from "#test/people.ts";
import { makeFeed } from "./manage-feed.ts";
import { readFeed } from "./read-feed.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const clock = fixedClock(new Date("2026-11-18T10:00:00Z"));

/** The days of the feed's events by their identifiers, in order. */
function eventsIn(body: string): [uid: string, day: string][] {
  const found = body.replaceAll("\r\n ", "").matchAll(/UID:(.+)\r\n(?:.+\r\n)*?DTSTART;VALUE=DATE:(\d+)/g);
  return [...found].map(([, uid, day]) => [String(uid), String(day)]);
}

test("each event keeps an identifier of its own when the account's time zone changes", async () => {
  const { accountId, userId } = await buildOwner(database.db);
  const context = buildContext(database.db, { accountId, actor: { id: userId }, clock });
  await saveBilling(context, { counting: "vendor", tier: 1000, term: "monthly", renewalOn: "2026-12-01" });
  const ids = await buildContacts(database.db, accountId, 2);
  const change = { ids, sourceType: "USER_SET" } as const;
  await setMarketing(context, change);
  await setNonMarketing(context, change);
  const { path } = await makeFeed(context);
  const secret = path.replace("/calendar/", "").replace(".ics", "");
  const read = async () => eventsIn((await readFeed(context, secret))?.body ?? "");

  const before = await read();
  expect(before).toHaveLength(24);
  expect(await read()).toEqual(before);
  // These contacts go on leaving at Stockholm's midnight, 8 hours after Tokyo's update of the same local date.
  await sql`update account set time_zone = 'Asia/Tokyo' where id = ${accountId}`.execute(database.db);
  const after = await read();
  expect(after).toHaveLength(26);
  expect(after.filter(([, day]) => day === "20261201")).toHaveLength(2);
  expect(new Set(after.map(([uid]) => uid)).size).toBe(26);
  const kept = after.filter(([uid]) => before.some(([known]) => known === uid));
  expect(kept).toEqual(before.slice(0, 2));
});
