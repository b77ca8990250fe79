import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "#server/operations/operation-kind.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContacts, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { setMarketing } from "../status/set-marketing.ts";
import { setNonMarketing } from "../status/set-non-marketing.ts";
import { changeSpikeSettings, showSpikeSettings } from "./change-spike-settings.ts";
import { forgetPace } from "./forget-pace.ts";
import { listPausedSources } from "./list-paused.ts";
import { resumeSource } from "./resume-source.ts";
import { spikeThreshold } from "./spike-guard.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const form = { sourceType: "FORM_SUBMISSION", sourceId: "12" } as const;
const at = (context: Context, time: string): Context => ({
  ...context,
  clock: fixedClock(new Date(`2026-11-18T${time}:00Z`)),
});
const groups = (outcomes: readonly Outcome[]) =>
  Object.fromEntries(outcomes.map(({ outcome, contactIds }) => [outcome, contactIds.length]));

async function made(): Promise<{ context: Context; ids: string[] }> {
  const accountId = await buildAccount(database.db, { counting: "count" });
  const context = at(buildContext(database.db, { accountId }), "12:00");
  const ids = await buildContacts(database.db, accountId, 60);
  await changeSpikeSettings(context, { percent: 20, contacts: 20 });
  return { context, ids };
}

test("a spike is more than the larger of a share of usage and a number", () => {
  const settings = { percent: 20, contacts: 500 };
  expect(spikeThreshold(settings, 1000)).toBe(500);
  expect(spikeThreshold(settings, 2500)).toBe(500);
  expect(spikeThreshold(settings, 12_345)).toBe(2469);
});

describe("a source that acts by itself", () => {
  test("may raise up to the threshold within an hour, and is paused before it passes it", async () => {
    const { context, ids } = await made();
    expect(groups(await setMarketing(context, { ...form, ids: ids.slice(0, 15) }))).toEqual({
      set_marketing: 15,
    });
    const early = at(context, "12:20");
    expect(groups(await setMarketing(early, { ...form, ids: ids.slice(0, 20) }))).toEqual({
      already_marketing: 15,
      set_marketing: 5,
    });
    expect(groups(await setMarketing(early, { ...form, ids: ids.slice(20, 21) }))).toEqual({ paused: 1 });
    expect(groups(await setNonMarketing(early, { ...form, ids: ids.slice(0, 1) }))).toEqual({ paused: 1 });
    const { sources } = await listPausedSources(early);
    expect(sources).toMatchObject([
      {
        source: { type: "FORM_SUBMISSION", id: "12" },
        direction: "raise",
        contacts: 21,
        threshold: 20,
        resumedAt: null,
      },
    ]);
  });

  test("is measured by the last hour only", async () => {
    const { context, ids } = await made();
    await setMarketing(context, { ...form, ids: ids.slice(0, 20) });
    const later = at(context, "13:01");
    expect(groups(await setMarketing(later, { ...form, ids: ids.slice(20, 40) }))).toEqual({
      set_marketing: 20,
    });
  });
});

describe("a paused source", () => {
  test("is paused for lowering just so", async () => {
    const { context, ids } = await made();
    await setMarketing(context, { ids, sourceType: "USER_SET" });
    expect(groups(await setNonMarketing(context, { ...form, ids: ids.slice(0, 21) }))).toEqual({
      paused: 21,
    });
    expect((await listPausedSources(context)).sources).toMatchObject([{ direction: "lower", contacts: 21 }]);
  });

  test("goes on with one click, counting from then", async () => {
    const { context, ids } = await made();
    await setMarketing(context, { ...form, ids: ids.slice(0, 21) });
    const [paused] = (await listPausedSources(context)).sources;
    const later = at(context, "12:05");
    await resumeSource(later, { pauseId: paused?.id as string });
    expect(groups(await setMarketing(at(context, "12:06"), { ...form, ids: ids.slice(0, 20) }))).toEqual({
      set_marketing: 20,
    });
    const [resumed] = (await listPausedSources(later)).sources;
    expect(resumed).toMatchObject({ resumedAt: "2026-11-18T12:05:00.000Z", resumedBy: { type: "user" } });
    await expect(resumeSource(later, { pauseId: paused?.id as string })).rejects.toMatchObject({
      code: "not_found",
    });
    const { rows } = await sql<{
      type: string;
    }>`select type from event where account_id = ${context.accountId}
      and type like 'marketing.source%' order by id`.execute(database.db);
    expect(rows.map(({ type }) => type)).toEqual(["marketing.source_paused", "marketing.source_resumed"]);
  });
});

test("whoever lets a source go on lets it do what it asked for, and what it asks for beyond pauses it again", async () => {
  const { context, ids } = await made();
  const workflow = { sourceType: "WORKFLOW", sourceId: "7" } as const;
  const ask = (from: number, to: number, time = "12:10") =>
    setMarketing(at(context, time), { ...workflow, ids: ids.slice(from, to) }).then(groups);
  expect(await ask(0, 25, "12:00")).toEqual({ paused: 25 });
  expect(await ask(25, 30, "12:00")).toEqual({ paused: 5 });
  const [paused] = (await listPausedSources(context)).sources;
  expect(paused).toMatchObject({ contacts: 30, threshold: 20 });
  await resumeSource(at(context, "12:05"), { pauseId: paused?.id as string });
  expect(await ask(0, 30)).toEqual({ set_marketing: 30 });
  expect(await ask(30, 50)).toEqual({ set_marketing: 20 });
  expect(await ask(50, 51)).toEqual({ paused: 1 });
});

test("people's confirmed changes and what follows from an opt-out are not held up", async () => {
  const { context, ids } = await made();
  const person = { ids, sourceType: "USER_SET" } as const;
  expect(groups(await setMarketing(context, person))).toEqual({ set_marketing: 60 });
  expect(groups(await setNonMarketing(context, { ...form, ids, reason: "protected" }))).toEqual({
    scheduled: 60,
  });
});

test("the numbers are settings, and old minutes are forgotten", async () => {
  const { context, ids } = await made();
  expect(await showSpikeSettings(context)).toEqual({ percent: 20, contacts: 20 });
  await setMarketing(context, { ...form, ids: ids.slice(0, 3) });
  const pace = async () =>
    (await sql`select raised from source_pace where account_id = ${context.accountId}`.execute(database.db))
      .rows;
  expect(await pace()).toEqual([{ raised: 3 }]);
  await forgetPace(at(context, "13:59"));
  expect(await pace()).toHaveLength(1);
  await forgetPace(at(context, "14:01"));
  expect(await pace()).toEqual([]);
});
