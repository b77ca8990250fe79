import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { buildProgram, type Program, runProgram, temporaryFolder, waitFor } from "#test/processes.ts";
import { readPostmaster } from "./postmaster-file.ts";
import { isAlive } from "./running-process.ts";

// Real programs on a real data folder, killed for real.
let program: { file: string; remove(): void };
let folder: string;
let started: Program[];

beforeAll(async () => {
  program = await buildProgram("test/database-program.ts");
});
afterAll(() => program.remove());
beforeEach(() => {
  folder = temporaryFolder();
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((one) => one.kill("SIGKILL")));
  const left = readPostmaster(join(folder, "postgres"));
  if (left) process.kill(left.pid, "SIGQUIT");
  await waitFor(() => (left && isAlive(left.pid) ? undefined : true));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test("the first start makes a database whose login is no superuser, and SIGTERM ends both", async () => {
  const { one, url } = await start();
  const { rows } = await query(
    url,
    "select rolsuper as super, rolcreatedb as createdb from pg_roles where rolname = current_user",
  );
  expect(rows).toEqual([{ super: false, createdb: false }]);
  await query(url, "create extension pg_trgm; create extension unaccent");
  expect(statSync(join(folder, "owner.password")).mode & 0o777).toBe(0o600);
  const { pid } = postmaster();
  expect(await one.kill("SIGTERM")).toBe(0);
  expect(isAlive(pid)).toBe(false);
});

test("a warm start finds what was written", async () => {
  const first = await start();
  await query(first.url, "create table kept as select 7 as number");
  await first.one.kill("SIGTERM");
  const second = await start();
  expect((await query(second.url, "select number from kept")).rows).toEqual([{ number: 7 }]);
});

test("after kill -9 of the program the next start adopts the living server and ends it when it leaves", async () => {
  const first = await start();
  const { pid } = postmaster();
  await first.one.kill("SIGKILL");
  expect(isAlive(pid)).toBe(true);
  const second = await start();
  expect(second.url).toBe(first.url);
  expect(postmaster().pid).toBe(pid);
  await second.one.kill("SIGTERM");
  expect(isAlive(pid)).toBe(false);
});

test("after kill -9 of the server it is started again at the same address with everything committed", async () => {
  const { one, url } = await start();
  await query(url, "create table kept as select generate_series(1, 1000) as number");
  const { pid } = postmaster();
  process.kill(pid, "SIGKILL");
  await one.says(({ state }) => state === "down");
  await one.says(({ log }) => log === "Postgres runs again");
  expect(postmaster().pid).not.toBe(pid);
  expect((await query(url, "select count(*)::int as kept from kept")).rows).toEqual([{ kept: 1000 }]);
});

test("a server that a killed program left is started again by its heir too", async () => {
  const first = await start();
  await first.one.kill("SIGKILL");
  const { one, url } = await start();
  process.kill(postmaster().pid, "SIGKILL");
  await one.says(({ log }) => log === "Postgres runs again");
  await query(url, "select 1");
});

test("both killed at once: the next start recovers", async () => {
  const first = await start();
  await query(first.url, "create table kept as select 7 as number");
  const { pid } = postmaster();
  process.kill(pid, "SIGKILL");
  await first.one.kill("SIGKILL");
  const second = await start();
  expect((await query(second.url, "select number from kept")).rows).toEqual([{ number: 7 }]);
});

test.for(["before", "while", "after"])("a first start cut off %s initdb heals itself", async (moment) => {
  const first = launch();
  if (moment !== "before") {
    const made = (name: string) =>
      moment === "while" ? name.startsWith("postgres.new-") : name === "postgres";
    await waitFor(() => readdirSync(folder).find(made));
  }
  await first.kill("SIGKILL");
  const second = await start();
  await query(second.url, "select 1");
  await second.one.kill("SIGTERM");
  expect(readdirSync(folder).filter((name) => name.includes(".new-"))).toEqual([]);
});

test("a second server is told who runs where, and breaks nothing", async () => {
  const { one, url } = await start("alone");
  const second = launch("alone");
  const { refused, sentence } = await second.says((line) => "refused" in line);
  expect(refused).toBe("AlreadyRunningError");
  expect(sentence).toContain(`http://127.0.0.1:4300 (process ${one.pid})`);
  await query(url, "select 1");
  await one.kill("SIGKILL");
  await start("alone");
});

test("a command joins a running server and leaves it alone", async () => {
  const server = await start("alone");
  const command = await start();
  expect(command.holder).toBe(false);
  expect(command.url).toBe(server.url);
  await command.one.kill("SIGTERM");
  await query(server.url, "select 1");
});

test.for(["SIGTERM", "SIGKILL"] as const)(
  "after %s of its keeper the server is kept by who is left",
  async (signal) => {
    const keeper = await start("alone");
    const { one, url } = await start();
    await keeper.one.kill(signal);
    await one.says(({ holder }) => holder === true);
    const { pid } = postmaster();
    process.kill(pid, "SIGKILL");
    await one.says(({ log }) => log === "Postgres runs again");
    await query(url, "select 1");
    const again = postmaster().pid;
    await one.kill("SIGTERM");
    expect(isAlive(again)).toBe(false);
  },
);

test("several first starts at the same moment make one database", async () => {
  const several = [launch(), launch(), launch()];
  const said = await Promise.all(several.map((one) => one.says((line) => "url" in line)));
  expect(said.filter(({ holder }) => holder)).toHaveLength(1);
  expect(new Set(said.map(({ url }) => url)).size).toBe(1);
});

test("a stale postmaster.pid whose number is another program's does not stop a start", async () => {
  const first = await start();
  process.kill(postmaster().pid, "SIGKILL");
  await first.one.kill("SIGKILL");
  const file = join(folder, "postgres/postmaster.pid");
  const lines = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, [process.pid, ...lines.slice(1)].join("\n"));
  const second = await start();
  await query(second.url, "select 1");
});

test("data of another Postgres version is left alone, with a sentence", async () => {
  const first = await start();
  await first.one.kill("SIGTERM");
  writeFileSync(join(folder, "postgres/PG_VERSION"), "17\n");
  const second = launch();
  const { sentence } = await second.says((line) => "refused" in line);
  expect(sentence).toContain("was written by Postgres 17");
});

test("the server's log names nobody", async () => {
  const { url } = await start();
  await query(url, "create table person (email text primary key)");
  await query(url, "insert into person values ('ada@example.test')");
  await expect(query(url, "insert into person values ('ada@example.test')")).rejects.toThrow("duplicate key");
  expect(existsSync(join(folder, "postgres.log"))).toBe(true);
  expect(readFileSync(join(folder, "postgres.log"), "utf8")).not.toContain("ada@");
});

function launch(...args: string[]): Program {
  const one = runProgram(program.file, [folder, ...args]);
  started.push(one);
  return one;
}

async function start(...args: string[]): Promise<{ one: Program; url: string; holder: boolean }> {
  const one = launch(...args);
  const { url, holder } = await one.says((line) => "url" in line || "refused" in line);
  if (typeof url !== "string") throw new Error(JSON.stringify(one.lines));
  return { one, url, holder: holder === true };
}

function postmaster(): { pid: number; port: number } {
  const found = readPostmaster(join(folder, "postgres"));
  if (!found) throw new Error("There is no server.");
  return found;
}

async function query(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
