import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Clock, fixedClock } from "#server/platform/clock.ts";
import { connect, createPool } from "#server/platform/database.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { waitFor } from "#test/processes.ts";
import { stopAt } from "#test/stop-at.ts";
import { at, states, work } from "#test/workflow.ts";
import { type Action, actionsAt, begin, broughtAbout, type World } from "#test/workflow-actions.ts";
import { workWorkflow } from "./work-due.ts";

// Several workers at the same contacts, one of them with a claim that has ended while it was busy elsewhere: they bring
// about exactly what one alone would have.

/** More than are claimed together after a worker has gone silent. */
const PEOPLE = 54;
let database: FreshDatabase;
let server: Server;
let calls: string[] = [];
let isSilent = false;
const unanswered: ServerResponse[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    calls.push(String(request.headers["idempotency-key"]));
    request.resume().on("end", () => (isSilent ? void unanswered.push(response) : response.end()));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  process.env["HEADROOM_OUTBOUND_ALLOW"] = place();
  process.env["HEADROOM_SMTP_URL"] = "smtp://127.0.0.1:1?security=none";
  process.env["HEADROOM_MAIL_FROM"] = "Headroom <headroom@sender.test>";
  database = await freshDatabase();
});
afterAll(async () => {
  for (const name of ["HEADROOM_OUTBOUND_ALLOW", "HEADROOM_SMTP_URL", "HEADROOM_MAIL_FROM"])
    delete process.env[name];
  server.closeAllConnections();
  server.close();
  await database.close();
});

const place = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
const actions = actionsAt(place);

function answerAll(): void {
  isSilent = false;
  for (const response of unanswered.splice(0)) response.end();
}

interface Busy {
  /** Goes on where it stopped, at another time. */
  readonly goesOn: (instant: Date) => Promise<void>;
}

/** A worker that has claimed contacts and is then busy with nothing. */
async function busyWorker({ context, workflow }: World, since: Date): Promise<Busy> {
  const pool = createPool({ url: database.url, max: 2 });
  let instant = since;
  const clock: Clock = {
    get sql() {
      return fixedClock(instant).sql;
    },
    now: () => Promise.resolve(instant),
  };
  let goOn: (() => void) | undefined;
  const resumed = new Promise<void>((resolve) => (goOn = resolve));
  const stopped = new Promise<void>((resolve) =>
    stopAt(pool, "claimed", () => {
      resolve();
      return resumed;
    }),
  );
  const own = { ...context, clock, db: connect(pool) };
  const through = [false, true].map((outside) => workWorkflow(own, { workflowId: workflow.id, outside }));
  await stopped;
  return {
    async goesOn(later) {
      instant = later;
      goOn?.();
      await Promise.all(through);
      await pool.end();
    },
  };
}

const now = ({ context }: World) => context.clock.now(context.db);
const minuteAfter = (instant: Date) => new Date(instant.getTime() + 61_000);

describe("workers at the same contacts, one of whom was away too long", () => {
  it.each(actions.map(({ name }) => name))("%s: bring about what one alone does", async (name) => {
    const action = actions.find((each) => each.name === name) as Action;
    const alone = await begin(database.db, action, PEOPLE);
    await work(alone.context, alone.workflow);
    calls = [];
    const raced = await begin(database.db, action, PEOPLE);
    const late = await busyWorker(raced, await now(raced));
    const minuteLater = minuteAfter(await now(raced));
    const next = await busyWorker(raced, minuteLater);
    const later = at(raced.context, minuteLater);
    await Promise.all([
      late.goesOn(minuteLater),
      next.goesOn(minuteLater),
      work(later, raced.workflow),
      work(later, raced.workflow),
    ]);
    await work(later, raced.workflow);
    expect(await broughtAbout(raced)).toEqual(await broughtAbout(alone));
    expect({ calls: calls.length, keys: new Set(calls).size }).toEqual(
      name === "webhook" ? { calls: PEOPLE, keys: PEOPLE } : { calls: 0, keys: 0 },
    );
  });

  it("nobody else calls while it calls those whom nobody has taken over", async () => {
    const webhook = actions.find(({ name }) => name === "webhook") as Action;
    const world = await begin(database.db, webhook, 6);
    [calls, isSilent] = [[], true];
    const late = await busyWorker(world, await now(world));
    const minuteLater = minuteAfter(await now(world));
    const through = late.goesOn(minuteLater);
    await waitFor(() => (calls.length === 6 ? true : undefined));
    await work(at(world.context, minuteLater), world.workflow);
    answerAll();
    await through;
    expect(calls).toHaveLength(6);
    await work(at(world.context, minuteLater), world.workflow);
    expect(await states(world.context, world.workflow)).toEqual({ "finished e": 6 });
  });
});
