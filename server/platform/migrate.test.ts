import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { Logger, runOnce } from "graphile-worker";
import pg from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { postgres15, startThrowAwayCluster, type ThrowAwayCluster } from "#test/cluster.ts";
import { administer, createOwner, testServer, withDatabase } from "#test/template.ts";
import { createPool } from "./database.ts";
import { type Migration, migrate, readMigrations } from "./migrate.ts";

const servers = ["the server of this run", ...(existsSync(postgres15) ? [postgres15] : [])];
const adminUrls = new Map<string, string>();
let oldest: ThrowAwayCluster | undefined;

beforeAll(async () => {
  adminUrls.set("the server of this run", testServer().adminUrl);
  if (!existsSync(postgres15)) return;
  oldest = await startThrowAwayCluster(postgres15);
  adminUrls.set(postgres15, oldest.url);
});
afterAll(() => oldest?.stop());

test("Postgres 15 is there to be tested", ({ skip }) => {
  skip(
    !existsSync(postgres15),
    `There is no ${postgres15}: install postgresql-15 to test the oldest server too.`,
  );
  expect(servers).toContain(postgres15);
});

test.for(servers)("%s: every migration is applied once, in order", async (server) => {
  const url = await emptyDatabase(server);
  const names = readMigrations().map(({ name }) => name);
  expect(names).toEqual(names.toSorted());
  expect(await migrate(url)).toEqual(names);
  expect(await migrate(url)).toEqual([]);
});

test.for(servers)("%s: two programs that start together do not get in each other's way", async (server) => {
  const url = await emptyDatabase(server);
  const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
  expect(applied.flat()).toEqual(readMigrations().map(({ name }) => name));
});

test.for(servers)(
  "%s: the program's role adds to what happened, and changes or removes nothing of it",
  async (server) => {
    const url = await emptyDatabase(server);
    await migrate(url);
    const app = openPool(url);
    const { rows } = await app.query(`select relname as name,
      has_table_privilege(oid, 'insert') as adds, has_table_privilege(oid, 'update, delete, truncate') as rewrites,
      pg_has_role(relowner, 'usage') as owns
    from pg_class where relname in ('event', 'marketing_change') order by relname`);
    expect(rows).toEqual([
      { name: "event", adds: true, rewrites: false, owns: false },
      { name: "marketing_change", adds: true, rewrites: false, owns: false },
    ]);
    for (const statement of [
      "update event set type = ''",
      "delete from marketing_change",
      "truncate event",
    ]) {
      await expect(app.query(statement)).rejects.toThrow("permission denied");
    }
    for (const statement of ["create table mine ()", "drop table event", "delete from schema_migration"]) {
      await expect(app.query(statement)).rejects.toThrow(/permission denied|must be owner/);
    }
  },
);

test.for(servers)("%s: the program's role may use every other table and function", async (server) => {
  const url = await emptyDatabase(server);
  await migrate(url, [
    ...readMigrations(),
    numbered("9998_added", "create table added (id bigint generated always as identity)"),
  ]);
  const app = openPool(url);
  const { rows } = await app.query(`select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and relname not in ('event', 'marketing_change', 'schema_migration')
      and not (has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert')
        and has_table_privilege(oid, 'update') and has_table_privilege(oid, 'delete'))`);
  expect(rows).toEqual([]);
  await app.query("insert into added default values");
});

test.for(servers)(
  "%s: background jobs are added, run, repeated and kept back as the program's role",
  async (server) => {
    const url = await emptyDatabase(server);
    await migrate(url);
    const app = openPool(url);
    await app.query(
      `select graphile_worker.add_job('greet', payload => '{"to":"Ada"}'::json, job_key => 'one')`,
    );
    await app.query(
      `select graphile_worker.add_job('greet', payload => '{"to":"Eva"}'::json, job_key => 'one')`,
    );
    await app.query(`select graphile_worker.add_job('fail')`);
    const greeted: unknown[] = [];
    await runOnce({
      pgPool: app,
      noHandleSignals: true,
      logger: new Logger(() => () => {}),
      taskList: {
        greet: (payload, helpers) => {
          greeted.push(payload);
          return helpers.query("select current_user").then(({ rows }) => void greeted.push(rows[0]));
        },
        fail: () => Promise.reject(new Error("not this time")),
      },
    });
    expect(greeted).toEqual([{ to: "Eva" }, { current_user: "headroom_app" }]);
    const { rows } = await app.query("select task_identifier as task, attempts from graphile_worker.jobs");
    expect(rows).toEqual([{ task: "fail", attempts: 1 }]);
    await app.query("select graphile_worker.force_unlock_workers(array['none'])");
  },
);

test.for(servers)(
  "%s: rights that a cut-off migration did not reach are given at the next start",
  async (server) => {
    const url = await emptyDatabase(server);
    await migrate(url);
    const client = new pg.Client(url);
    await client.connect();
    await client.query("grant update on event to headroom_app; revoke insert on app_user from headroom_app");
    await client.end();
    await migrate(url);
    const { rows } = await openPool(url).query(
      "select has_table_privilege('event', 'update') as rewrites, has_table_privilege('app_user', 'insert') as adds",
    );
    expect(rows).toEqual([{ rewrites: false, adds: true }]);
  },
);

test.for(servers)("%s: a database of a newer program is left alone", async (server) => {
  const url = await emptyDatabase(server);
  await migrate(url, [...readMigrations(), numbered("9999_future", "select 1")]);
  await expect(migrate(url)).rejects.toThrow("newer Headroom (it has 9999_future)");
});

test.for(servers)("%s: a migration whose text was changed afterwards is refused by name", async (server) => {
  const url = await emptyDatabase(server);
  await migrate(url, [...readMigrations(), numbered("9999_one", "select 1")]);
  const changed = migrate(url, [...readMigrations(), numbered("9999_one", "select 2")]);
  await expect(changed).rejects.toThrow("another text of 9999_one");
});

test.for(servers)(
  "%s: a migration that fails leaves nothing of itself and can be tried again",
  async (server) => {
    const url = await emptyDatabase(server);
    const broken = numbered("9999_broken", "create table half (); select 1/0");
    await expect(migrate(url, [...readMigrations(), broken])).rejects.toThrow(
      "9999_broken failed: division by zero",
    );
    const mended = numbered("9999_broken", "create table half ()");
    expect(await migrate(url, [...readMigrations(), mended])).toEqual(["9999_broken"]);
  },
);

test.for(servers)("%s: a login that may not make roles is told what to ask for", async (server) => {
  const adminUrl = adminUrlOf(server);
  const name = `headroom_weak_${randomBytes(4).toString("hex")}`;
  await administer(adminUrl, `create role ${name} login password 'weak'`);
  await administer(adminUrl, `create database ${name} owner ${name}`);
  onTestFinished(async () => {
    await administer(adminUrl, `drop database ${name} with (force)`);
    await administer(adminUrl, `drop role ${name}`);
  });
  const url = new URL(withDatabase(adminUrl, name));
  [url.username, url.password] = [name, "weak"];
  await expect(migrate(url.href)).rejects.toThrow(
    `create role headroom_app nologin; grant headroom_app to "${name}";`,
  );
  await administer(adminUrl, `grant headroom_app to ${name}`);
  expect(await migrate(url.href)).not.toEqual([]);
});

/** The owner's login on a database without any table. */
async function emptyDatabase(server: string): Promise<string> {
  const adminUrl = adminUrlOf(server);
  const name = `headroom_empty_${randomBytes(6).toString("hex")}`;
  const url = withDatabase(await createOwner(adminUrl, name), name);
  const owner = new URL(url).username;
  await administer(adminUrl, `create database ${name} owner ${owner}`);
  onTestFinished(async () => {
    await administer(adminUrl, `drop database ${name} with (force)`);
    if (owner === name) await administer(adminUrl, `drop role ${name}`);
  });
  return url;
}

function openPool(url: string): pg.Pool {
  const pool = createPool({ url, max: 5 });
  onTestFinished(() => pool.end());
  return pool;
}

function numbered(name: string, sql: string): Migration {
  return { name, sql, checksum: sql };
}

function adminUrlOf(server: string): string {
  const url = adminUrls.get(server);
  if (url === undefined) throw new Error(`${server} was not started.`);
  return url;
}
