import {
  chmodSync,
  chownSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { postmasterOf, query, useDataFolder } from "#test/data-folder.ts";
import { migrate } from "../migrate.ts";
import { isRoot } from "./find-binaries.ts";
import { isAlive } from "./running-process.ts";
import { defaultServerUser } from "./server-user.ts";

const folder = useDataFolder();

test("the first start makes a database whose login is no superuser, and SIGTERM ends both", async () => {
  folder.empty();
  const { one, url } = await folder.start();
  const { rows } = await query(
    url,
    "select rolsuper as super, rolcreatedb as createdb from pg_roles where rolname = current_user",
  );
  expect(rows).toEqual([{ super: false, createdb: false }]);
  expect(await migrate(url)).not.toEqual([]);
  await query(
    url,
    "set role headroom_app; insert into app_user (email, name, language, time_zone, created_at) values ('a', 'A', 'en', 'UTC', now())",
  );
  expect(statSync(join(folder.path(), "owner.password")).mode & 0o777).toBe(0o600);
  const { pid } = folder.postmaster();
  expect(await one.kill("SIGTERM")).toBe(0);
  expect(isAlive(pid)).toBe(false);
});

test("a warm start finds what was written", async () => {
  const first = await folder.start();
  await query(first.url, "create table kept as select 7 as number");
  await first.one.kill("SIGTERM");
  const second = await folder.start();
  expect((await query(second.url, "select number from kept")).rows).toEqual([{ number: 7 }]);
});

test.for([
  { state: "in use", end: null },
  { state: "left by a killed program", end: "SIGKILL" as const },
])(
  "a copy of a data folder $state has a server of its own, and leaves the original's alone",
  async ({ end }) => {
    const original = await folder.start("alone");
    await query(original.url, "create table kept as select 7 as number");
    if (end) await original.one.kill(end);
    const copy = folder.copy();
    const other = folder.run([copy, "alone"]);
    const { url, holder } = await other.says((line) => "url" in line || "refused" in line);
    expect({ holder, same: url === original.url }).toEqual({ holder: true, same: false });
    await query(String(url), "update kept set number = 8");
    const { pid } = postmasterOf(copy);
    expect(await other.kill("SIGTERM")).toBe(0);
    expect(isAlive(pid)).toBe(false);
    expect((await query(original.url, "select number from kept")).rows).toEqual([{ number: 7 }]);
  },
);

test.runIf(process.platform === "linux")(
  "a data folder that is renamed while in use is still the same one",
  async () => {
    const server = await folder.start("alone");
    const renamed = `${folder.path()}-renamed`;
    renameSync(folder.path(), renamed);
    const command = folder.run([renamed]);
    expect(await command.says((line) => "url" in line)).toMatchObject({ url: server.url, holder: false });
    const second = folder.run([renamed, "alone"]);
    expect(await second.says((line) => "refused" in line)).toMatchObject({ refused: "AlreadyRunningError" });
    renameSync(renamed, folder.path());
  },
);

test("a second server is told who runs where, and breaks nothing", async () => {
  const { one, url } = await folder.start("alone");
  const second = folder.run([folder.path(), "alone"]);
  const { refused, sentence } = await second.says((line) => "refused" in line);
  expect(refused).toBe("AlreadyRunningError");
  expect(sentence).toContain(`http://127.0.0.1:4300 (process ${one.pid})`);
  await query(url, "select 1");
  await one.kill("SIGKILL");
  await folder.start("alone");
});

test("a command joins a running server and leaves it alone", async () => {
  const server = await folder.start("alone");
  const command = await folder.start();
  expect(command.holder).toBe(false);
  expect(command.url).toBe(server.url);
  await command.one.kill("SIGTERM");
  await query(server.url, "select 1");
});

test("several first starts at the same moment make one database", async () => {
  folder.empty();
  const several = [folder.run([folder.path()]), folder.run([folder.path()]), folder.run([folder.path()])];
  const said = await Promise.all(several.map((one) => one.says((line) => "url" in line)));
  expect(said.filter(({ holder }) => holder)).toHaveLength(1);
  expect(new Set(said.map(({ url }) => url)).size).toBe(1);
});

test("data of another Postgres version is left alone, with a sentence", async () => {
  const first = await folder.start();
  await first.one.kill("SIGTERM");
  writeFileSync(join(folder.path(), "postgres/PG_VERSION"), "17\n");
  const second = folder.run([folder.path()]);
  const { sentence } = await second.says((line) => "refused" in line);
  expect(sentence).toContain("was written by Postgres 17");
});

test.runIf(isRoot())("a normal user can start it, be killed, and adopt it", async () => {
  folder.empty();
  const user = defaultServerUser();
  chownSync(folder.path(), user.uid, user.gid);
  const as = { ...user, env: { HOME: folder.path(), XDG_CACHE_HOME: join(folder.path(), "cache") } };
  const first = folder.run([folder.path()], as);
  await first.says((line) => "url" in line);
  await first.kill("SIGKILL");
  const second = folder.run([folder.path()], as);
  const { url } = await second.says((line) => "url" in line);
  await query(String(url), "select 1");
  expect(await second.kill("SIGTERM")).toBe(0);
});

test.runIf(isRoot())(
  "root's home, where the server's user cannot go, keeps only a pointer to the cluster",
  async () => {
    folder.empty();
    chmodSync(folder.path(), 0o700);
    const first = await folder.start();
    await query(first.url, "create table kept as select 7 as number");
    const place = readFileSync(join(folder.path(), "postgres.location"), "utf8");
    expect(await first.one.kill("SIGTERM")).toBe(0);
    const second = await folder.start();
    expect((await query(second.url, "select number from kept")).rows).toEqual([{ number: 7 }]);
    await second.one.kill("SIGTERM");
    rmSync(dirname(place), { recursive: true });
  },
);

test("the server's log names nobody", async () => {
  const { url } = await folder.start();
  await query(url, "create table person (email text primary key)");
  await query(url, "insert into person values ('ada@example.test')");
  await expect(query(url, "insert into person values ('ada@example.test')")).rejects.toThrow("duplicate key");
  expect(existsSync(join(folder.path(), "postgres.log"))).toBe(true);
  expect(readFileSync(join(folder.path(), "postgres.log"), "utf8")).not.toContain("ada@");
});
