import { rmSync } from "node:fs";
import { request } from "node:http";
import { text as readText } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { endAll, freePort, type Headroom, runHeadroom, takePort } from "#test/headroom.ts";
import { buildProgram, temporaryFolder } from "#test/processes.ts";

vi.setConfig({ testTimeout: 120_000 });

let program: { file: string; remove(): void };
let fresh: FreshDatabase;
const folder = temporaryFolder();

beforeAll(async () => {
  [program, fresh] = await Promise.all([buildProgram("server/main.ts"), freshDatabase()]);
});
afterAll(async () => {
  await endAll();
  program.remove();
  await fresh.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (words: string[], env: NodeJS.ProcessEnv) => runHeadroom(program.file, words, env);

async function started(words: string[], env: NodeJS.ProcessEnv): Promise<Headroom & { address: string }> {
  const port = await freePort();
  const headroom = run(words, { PORT: String(port), ...env });
  await headroom.prints(/Headroom is running at \S+/);
  return { ...headroom, address: `http://127.0.0.1:${port}` };
}

/** A request of which the body is still to come; the server has seen its head. */
function slowRequest(address: string) {
  const body = JSON.stringify({ email: "ada@example.test", password: "wrong" });
  const headers = { "content-type": "application/json", "content-length": body.length };
  const sent = request(`${address}/api/sign-in`, { method: "POST", headers });
  sent.write(body.slice(0, 10));
  const answered = new Promise<number>((resolve, reject) => {
    sent.on("error", reject);
    sent.on("response", (response) => void readText(response).then(() => resolve(response.statusCode ?? 0)));
  });
  return { answered, finish: () => sent.end(body.slice(10)) };
}

const statusOf = async (url: string, init: RequestInit = {}) => (await fetch(url, init)).status;

test("one command starts everything, once, and ends after what is under way", async () => {
  const env = { HEADROOM_DATA: folder };
  const first = await started(["start"], env);
  await first.prints(/First set-up .*\/setup#\S{20,}/);
  expect(await statusOf(`${first.address}/healthz`)).toBe(200);
  expect(await statusOf(`${first.address}/readyz`)).toBe(200);
  expect(await statusOf(`${first.address}/metrics`)).toBe(200);
  expect(await statusOf(`${first.address}/metrics`, { headers: { "x-forwarded-for": "192.0.2.1" } })).toBe(
    404,
  );

  const second = run(["start"], { ...env, PORT: String(await freePort()) });
  expect(await second.ended).toBe(1);
  expect(second.errors()).toContain("already runs");
  expect(second.errors()).toContain(new URL(first.address).port);

  const beside = run(["migrate", "--json"], env);
  expect(await beside.ended).toBe(0);
  expect(JSON.parse(beside.output())).toEqual({ migrated: [] });

  const slow = slowRequest(first.address);
  expect(await statusOf(`${first.address}/healthz`)).toBe(200);
  first.child.kill("SIGTERM");
  await first.prints(/Stopping/);
  slow.finish();
  expect(await slow.answered).toBe(401);
  expect(await first.ended).toBe(0);

  const afterwards = run(["migrate"], { ...env, HEADROOM_LANGUAGE: "sv" });
  expect(await afterwards.ended).toBe(0);
  expect(afterwards.output()).toContain("0 migreringar utförda.");
});

test("web and work run apart on a database of one's own", async () => {
  const env = { DATABASE_URL: fresh.url };
  const web = await started(["serve"], env);
  const work = run(["work"], env);
  await work.prints(/background work/);
  expect(await statusOf(`${web.address}/readyz`)).toBe(200);

  await fresh.ownerPool
    .query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'headroom' and pid <> pg_backend_pid() and datname = current_database()",
    )
    .catch(() => {});
  await expect.poll(() => statusOf(`${web.address}/readyz`), { timeout: 10_000 }).toBe(200);

  web.child.kill("SIGINT");
  work.child.kill("SIGTERM");
  expect(await Promise.all([web.ended, work.ended])).toEqual([0, 0]);
});

test("who asks twice does not wait", async () => {
  const web = await started(["serve"], { DATABASE_URL: fresh.url });
  const slow = slowRequest(web.address);
  expect(await statusOf(`${web.address}/healthz`)).toBe(200);
  web.child.kill("SIGTERM");
  await web.prints(/Stopping/);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  web.child.kill("SIGTERM");
  await expect(slow.answered).rejects.toThrow("socket hang up");
  expect(await web.ended).toBe(1);
});

test("a taken port is said in one sentence", async () => {
  const taken = await takePort();
  const web = run(["serve"], { DATABASE_URL: fresh.url, PORT: String(taken.port) });
  expect(await web.ended).toBe(1);
  expect(web.errors()).toContain(`Port ${taken.port} is taken by another program.`);
  expect(web.errors()).not.toMatch(/^\s+at /m);
  await taken.close();
});

test.for([
  [["nonsense"], {}, 2, "There is no command nonsense."],
  [["start", "--nonsense"], {}, 2, "There is no option --nonsense here."],
  [["start", "--nonsense"], { HEADROOM_LANGUAGE: "pl" }, 2, "Nie ma tu opcji --nonsense."],
  [["migrate"], { PORT: "many" }, 2, "The setting PORT"],
  [["migrate"], { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" }, 1, "The database cannot be reached"],
  [["start", "--help"], {}, 0, ""],
] as const)("%j with %j ends with %i", async ([words, env, code, sentence]) => {
  const headroom = run([...words], { HEADROOM_DATA: folder, ...env });
  expect(await headroom.ended).toBe(code);
  expect(headroom.errors()).toContain(sentence);
  expect(headroom.errors()).not.toMatch(/^\s+at /m);
});
