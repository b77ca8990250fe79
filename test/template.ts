import { randomBytes } from "node:crypto";
import pg from "pg";
import { APP_ROLE } from "#server/platform/database.ts";
import { migrate } from "#server/platform/migrate.ts";

/** What the workers of one run need to make their databases; handed over in the environment. */
export interface TestServer {
  /** May create and drop databases. */
  readonly adminUrl: string;
  /** The owner's login on the template; other databases differ only in the path. */
  readonly ownerUrl: string;
  readonly template: string;
}

const VARIABLE = "HEADROOM_TEST_SERVER";

export function testServer(): TestServer {
  const found = process.env[VARIABLE];
  if (found === undefined) throw new Error("Run this by vitest: test/setup.ts starts the database.");
  return JSON.parse(found) as TestServer;
}

export function announceTestServer(server: TestServer): void {
  process.env[VARIABLE] = JSON.stringify(server);
}

/** Migrates one database per run, under names of its own, so that several runs can share a server. */
export async function createTemplate(adminUrl: string): Promise<TestServer> {
  const run = `${process.pid}_${randomBytes(4).toString("hex")}`;
  const template = `headroom_template_${run}`;
  const ownerUrl = await createOwner(adminUrl, `headroom_owner_${run}`);
  const owner = new URL(ownerUrl).username;
  await administer(adminUrl, `create database ${template} owner ${owner}`);
  await migrate(withDatabase(ownerUrl, template));
  return { adminUrl, ownerUrl, template };
}

/** Removes everything the run has made, also what a killed test left behind. */
export async function dropTemplate({ adminUrl, ownerUrl, template }: TestServer): Promise<void> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "select datname as name from pg_database where datname like $1",
    [`${template.replace("template", "test")}%`],
  );
  for (const { name } of [...rows, { name: template }])
    await client.query(`drop database if exists ${name} with (force)`);
  const owner = new URL(ownerUrl).username;
  if (owner !== new URL(adminUrl).username) await client.query(`drop role ${owner}`);
  await client.end();
}

/** A superuser would pass every check, so it makes an ordinary owner; a lesser login is the owner itself. */
export async function createOwner(adminUrl: string, name: string): Promise<string> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  const { rows } = await client.query<{ super: boolean }>(
    "select rolsuper as super from pg_roles where rolname = current_user",
  );
  if (rows[0]?.super) {
    const password = randomBytes(12).toString("base64url");
    await client.query(`create role ${name} login createrole password '${password}'`);
    await createAppRole(client, name);
    await client.end();
    const url = new URL(adminUrl);
    url.username = name;
    url.password = password;
    return url.href;
  }
  await client.end();
  return adminUrl;
}

async function createAppRole(client: pg.Client, owner: string): Promise<void> {
  await client.query(
    `do $$ begin create role ${APP_ROLE} nologin; exception when duplicate_object or unique_violation then end $$`,
  );
  await client.query(`grant ${APP_ROLE} to ${owner}`);
}

export async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
