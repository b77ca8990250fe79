import { afterAll, beforeAll, expect, test } from "vitest";
import { fixedClock } from "#server/platform/clock.ts";
import { buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { buildOwner } from "#test/people.ts";
import { removeExpired } from "./remove-expired.ts";
import { createPasswordReset } from "./users/reset-password.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

test("what has expired is forgotten, what has not stays", async () => {
  const { email } = await buildOwner(fresh.db);
  const context = buildContext(fresh.db, { accountId: "", actor: { type: "system", id: null } });
  await createPasswordReset(context, { email });
  const left = async () => {
    const { rows } = await fresh.ownerPool.query(
      "select (select count(*)::int from session) as sessions, (select count(*)::int from password_reset) as resets",
    );
    return rows[0] as unknown;
  };
  const inHours = (hours: number) => ({
    ...context,
    clock: fixedClock(new Date(Date.now() + hours * 3_600_000)),
  });

  await removeExpired(context);
  expect(await left()).toEqual({ sessions: 1, resets: 1 });
  await removeExpired(inHours(2));
  expect(await left()).toEqual({ sessions: 1, resets: 0 });
  await removeExpired(inHours(24 * 8));
  expect(await left()).toEqual({ sessions: 0, resets: 0 });
});
