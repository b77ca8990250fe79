import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { writeOnce } from "../write-once.ts";
import { SUPERUSER } from "./initialise-cluster.ts";

const OWNER = "headroom_owner";
const DATABASE = "headroom";

/** The passwords of the cluster's superuser and of the owner's login, made once and kept beside the cluster. */
export interface Passwords {
  readonly superuser: string;
  readonly owner: string;
}

export function readPasswords(folder: string): Passwords {
  return {
    superuser: password(join(folder, "superuser.password")),
    owner: password(join(folder, "owner.password")),
  };
}

function password(file: string): string {
  if (!existsSync(file)) writeOnce(file, randomBytes(18).toString("base64url"));
  return readFileSync(file, "utf8");
}

/** What the program connects with: the login that owns the database and is no superuser. */
export function ownerUrl(port: number, { owner }: Passwords): string {
  return `postgres://${OWNER}:${owner}@127.0.0.1:${port}/${DATABASE}`;
}

/** Whether a server answers there and it is ours: nobody else's knows the password. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Makes the owner's login and database where they are missing: the only thing the superuser is ever used for. */
export async function ensureOwner(port: number, passwords: Passwords): Promise<void> {
  if (await answers(ownerUrl(port, passwords))) return;
  const client = new pg.Client({
    connectionString: `postgres://${SUPERUSER}:${passwords.superuser}@127.0.0.1:${port}/postgres`,
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `select exists (select from pg_roles where rolname = $1) as role,
        exists (select from pg_database where datname = $2) as database`,
      [OWNER, DATABASE],
    );
    if (!rows[0]?.role) await client.query(`create role ${OWNER} login createrole`);
    await client.query(`alter role ${OWNER} password '${passwords.owner}'`);
    if (!rows[0]?.database) await client.query(`create database ${DATABASE} owner ${OWNER}`);
  } finally {
    await client.end();
  }
}
