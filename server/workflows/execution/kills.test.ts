import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mailNotice } from "#server/accounts/notices/mail-notice.ts";
import { closeMail } from "#server/platform/mail.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { type MailSink, startMailSink } from "#test/outside.ts";
import { buildProgram, runProgram, waitFor } from "#test/processes.ts";
import type { CrashPoint } from "#test/stop-at.ts";
import type { Task } from "#test/worker-program.ts";
import { at, states, work } from "#test/workflow.ts";
import { type Action, actionsAt, begin, broughtAbout, type World } from "#test/workflow-actions.ts";

// Workers that are killed without warning, at each point of each type of action: the next one brings about exactly what
// an undisturbed one would have, and whoever is told twice outside can tell by the key.

const PEOPLE = 6;
const calls: { readonly accountId: string; readonly key: string }[] = [];
let isSilent = false;
let database: FreshDatabase;
let program: Awaited<ReturnType<typeof buildProgram>>;
let server: Server;
let sink: MailSink;
const outside = ["HEADROOM_OUTBOUND_ALLOW", "HEADROOM_SMTP_URL", "HEADROOM_MAIL_FROM", "HEADROOM_URL"];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const { accountId } = JSON.parse(body) as { accountId: string };
      calls.push({ accountId, key: String(request.headers["idempotency-key"]) });
      if (!isSilent) response.end("thanks");
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  sink = await startMailSink();
  process.env["HEADROOM_OUTBOUND_ALLOW"] = place();
  process.env["HEADROOM_SMTP_URL"] = `smtp://127.0.0.1:${sink.port}?security=none`;
  process.env["HEADROOM_MAIL_FROM"] = "Headroom <headroom@sender.test>";
  process.env["HEADROOM_URL"] = "https://crm.example.test";
  [database, program] = await Promise.all([freshDatabase(), buildProgram("test/worker-program.ts")]);
});
afterAll(async () => {
  for (const name of outside) delete process.env[name];
  closeMail();
  program.remove();
  server.closeAllConnections();
  server.close();
  await sink.close();
  await database.close();
});

const place = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
const actions = actionsAt(place);
const actionNamed = (name: string) => actions.find((action) => action.name === name) as Action;
const taskOf = ({ context, workflow }: World, instant: Date): Task => ({
  accountId: context.accountId,
  workflowId: workflow.id,
  instant: instant.toISOString(),
});
const minuteAfter = (instant: Date) => new Date(instant.getTime() + 61_000);
const now = ({ context }: World) => context.clock.now(context.db);

/** Runs a worker that dies when all its tasks have come to the point, and waits until the database knows. */
async function killedAt(point: CrashPoint, tasks: readonly Task[]): Promise<void> {
  const worker = runProgram(program.file, [database.url, point, JSON.stringify(tasks)]);
  expect(await worker.ended).toBeNull();
  expect(worker.lines).toEqual([]);
  await forgotten(worker.pid);
}

/** What a dead worker had begun is undone when its connections are found broken, which takes a moment. */
async function forgotten(pid: number): Promise<void> {
  for (let left = -1; left !== 0; ) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and application_name = ${`worker ${pid}`}`.execute(database.db);
    left = rows[0]?.n ?? 0;
  }
}

const brought = new Map<string, Promise<Record<string, unknown>>>();

/** What a worker that nobody disturbs brings about. */
function undisturbed(action: Action): Promise<Record<string, unknown>> {
  const known = brought.get(action.name) ?? workedAlone(action);
  brought.set(action.name, known);
  return known;
}

async function workedAlone(action: Action): Promise<Record<string, unknown>> {
  const world = await begin(database.db, action, PEOPLE);
  await work(world.context, world.workflow);
  return broughtAbout(world);
}

/** Calls for a world: how many, and how many different keys they had. */
function called({ context }: World): { calls: number; keys: number } {
  const mine = calls.filter(({ accountId }) => accountId === context.accountId);
  return { calls: mine.length, keys: new Set(mine.map(({ key }) => key)).size };
}

const points: [string, CrashPoint, boolean][] = [
  ["after it has claimed contacts, before it acts", "claimed", true],
  ["when it has acted, before it says so", "acted", true],
  ["when it has said all, before it commits", "told", true],
  ["after it has committed, before what follows", "committed", false],
];

describe.each(points)("a worker that is killed %s", (_, point, isLost) => {
  const worlds = new Map<string, World>();
  beforeAll(async () => {
    for (const action of actions) worlds.set(action.name, await begin(database.db, action, PEOPLE));
    const tasks = [...worlds.values()].map(async (world) => taskOf(world, await now(world)));
    await killedAt(point, await Promise.all(tasks));
  }, 60_000);

  it.each(actions.map(({ name }) => name))("%s: is as if nothing had happened to it", async (name) => {
    const world = worlds.get(name) as World;
    const { context, workflow } = world;
    const standing = await states(context, workflow);
    expect(Object.keys(standing).join().startsWith("working")).toBe(isLost);
    if (isLost) await work(context, workflow);
    expect(isLost ? await states(context, workflow) : standing).toEqual(standing);
    await work(at(context, minuteAfter(await now(world))), workflow);
    expect(await broughtAbout(world)).toEqual(await undisturbed(actionNamed(name)));
    const again = point === "acted" || point === "told";
    const expected = name === "webhook" ? { calls: again ? 2 * PEOPLE : PEOPLE, keys: PEOPLE } : none;
    expect(called(world)).toEqual(expected);
  });
});
const none = { calls: 0, keys: 0 };

describe("a worker that is killed while what it sent is on the way", () => {
  it("webhook: is called again with the same key", async () => {
    const world = await begin(database.db, actionNamed("webhook"), PEOPLE);
    isSilent = true;
    const tasks = JSON.stringify([taskOf(world, await now(world))]);
    const worker = runProgram(program.file, [database.url, "", tasks]);
    await waitFor(() => (called(world).calls === PEOPLE ? true : undefined));
    await worker.kill("SIGKILL");
    isSilent = false;
    await work(at(world.context, minuteAfter(await now(world))), world.workflow);
    expect(called(world)).toEqual({ calls: 2 * PEOPLE, keys: PEOPLE });
    expect(await broughtAbout(world)).toEqual(await undisturbed(actionNamed("webhook")));
  });

  it("mail: has the same Message-ID the second time, and is not sent a third time", async () => {
    const world = await begin(database.db, actionNamed("notify"), 1);
    const { context, workflow } = world;
    await work(context, workflow);
    const { rows } = await sql<{ id: string }>`select id from notice
      where account_id = ${context.accountId}`.execute(context.db);
    const noticeId = rows[0]?.id ?? "";
    const { accountId } = context;
    await killedAt("mailed", [{ accountId, noticeId, instant: (await now(world)).toISOString() }]);
    for (let round = 0; round < 2; round++) await mailNotice(context, { noticeId });
    const [first, ...more] = sink.mails.map(({ headers }) => headers.get("message-id"));
    expect(first).toMatch(/^<notice-/);
    expect(more).toEqual([first]);
    expect((await broughtAbout(world))["notices"]).toEqual({ sent: 1 });
  });
});
