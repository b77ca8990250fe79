import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { query, useDataFolder } from "#test/data-folder.ts";
import { waitFor } from "#test/processes.ts";
import { isAlive } from "./running-process.ts";

// Real programs on a real data folder, killed for real.
const folder = useDataFolder();

test("after kill -9 of the program the next start adopts the living server and ends it when it leaves", async () => {
  const first = await folder.start();
  const { pid } = folder.postmaster();
  await first.one.kill("SIGKILL");
  expect(isAlive(pid)).toBe(true);
  const second = await folder.start();
  expect(second.url).toBe(first.url);
  expect(folder.postmaster().pid).toBe(pid);
  await second.one.kill("SIGTERM");
  expect(isAlive(pid)).toBe(false);
});

test("after kill -9 of the server it is started again at the same address with everything committed", async () => {
  const { one, url } = await folder.start();
  await query(url, "create table kept as select generate_series(1, 1000) as number");
  const { pid } = folder.postmaster();
  process.kill(pid, "SIGKILL");
  await one.says(({ state }) => state === "down");
  await one.says(({ log }) => log === "Postgres runs again");
  expect(folder.postmaster().pid).not.toBe(pid);
  expect((await query(url, "select count(*)::int as kept from kept")).rows).toEqual([{ kept: 1000 }]);
});

test("a server that a killed program left is started again by its heir too", async () => {
  const first = await folder.start();
  await first.one.kill("SIGKILL");
  const { one, url } = await folder.start();
  process.kill(folder.postmaster().pid, "SIGKILL");
  await one.says(({ log }) => log === "Postgres runs again");
  expect((await query(url, "select 1 as one")).rows).toEqual([{ one: 1 }]);
});

test("both killed at once: the next start recovers", async () => {
  const first = await folder.start();
  await query(first.url, "create table kept as select 7 as number");
  const { pid } = folder.postmaster();
  process.kill(pid, "SIGKILL");
  await first.one.kill("SIGKILL");
  const second = await folder.start();
  expect((await query(second.url, "select number from kept")).rows).toEqual([{ number: 7 }]);
});

test.for(["before", "while", "after"])("a first start cut off %s initdb heals itself", async (moment) => {
  folder.empty();
  const first = folder.run([folder.path()]);
  if (moment !== "before") {
    const made = (name: string) =>
      moment === "while" ? name.startsWith("postgres.new-") : name === "postgres";
    await waitFor(() => readdirSync(folder.path()).find(made));
  }
  await first.kill("SIGKILL");
  const second = await folder.start();
  await query(second.url, "select 1");
  await second.one.kill("SIGTERM");
  expect(readdirSync(folder.path()).filter((name) => name.includes(".new-"))).toEqual([]);
});

test.for(["SIGTERM", "SIGKILL"] as const)(
  "after %s of its keeper the server is kept by who is left",
  async (signal) => {
    const keeper = await folder.start("alone");
    const { one, url } = await folder.start();
    await keeper.one.kill(signal);
    await one.says(({ holder }) => holder === true);
    const { pid } = folder.postmaster();
    process.kill(pid, "SIGKILL");
    await one.says(({ log }) => log === "Postgres runs again");
    await query(url, "select 1");
    const again = folder.postmaster().pid;
    await one.kill("SIGTERM");
    expect(isAlive(again)).toBe(false);
  },
);

test("a stale postmaster.pid whose number is another program's does not stop a start", async () => {
  const first = await folder.start();
  process.kill(folder.postmaster().pid, "SIGKILL");
  await first.one.kill("SIGKILL");
  const file = join(folder.path(), "postgres/postmaster.pid");
  const lines = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, [process.pid, ...lines.slice(1)].join("\n"));
  const second = await folder.start();
  expect((await query(second.url, "select 1 as one")).rows).toEqual([{ one: 1 }]);
});

test("another program on the server's port delays a restart only as long as it is there", async () => {
  const { one, url } = await folder.start();
  const { pid, port } = folder.postmaster();
  const release = await takePortOf(pid, port);
  await one.says(({ log }) => log === "Postgres could not be started again");
  await release();
  await one.says(({ log }) => log === "Postgres runs again");
  expect((await query(url, "select 1 as one")).rows).toEqual([{ one: 1 }]);
});

test("eight programs that find a dead program's lock do not share it", async () => {
  const dead = folder.run(["lock", folder.path()]);
  await dead.says((line) => "got" in line);
  await dead.kill("SIGKILL");
  const eight = Array.from({ length: 8 }, () => folder.run(["lock", folder.path()]));
  const said = await Promise.all(eight.map((one) => one.says(() => true)));
  expect(said.filter((line) => "got" in line)).toHaveLength(1);
});

/** Holds the port from the moment the killed server lets go of it. */
async function takePortOf(pid: number, port: number): Promise<() => Promise<void>> {
  const other = createServer();
  process.kill(pid, "SIGKILL");
  for (;;) {
    const taken = await new Promise<boolean>((resolve) => {
      other.once("error", () => resolve(false));
      other.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (taken) return () => new Promise((resolve) => other.close(() => resolve()));
    if (other.listenerCount("error") > 5) other.removeAllListeners("error");
  }
}
