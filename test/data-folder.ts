import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import {
  livingPostmaster,
  type Postmaster,
  readPostmaster,
} from "#server/platform/embedded-postgres/postmaster-file.ts";
import { isAlive } from "#server/platform/embedded-postgres/running-process.ts";
import {
  buildProgram,
  PATIENCE_MS,
  type Program,
  type RunAs,
  runProgram,
  temporaryFolder,
  waitFor,
} from "./processes.ts";

interface Started {
  readonly one: Program;
  readonly url: string;
  readonly holder: boolean;
}

/** A data folder for each test, as a first start and a stop have left it, and programs that use its database. */
export interface DataFolder {
  path(): string;
  /** A copy of it as it lies there at this moment, in use or not. */
  copy(): string;
  /** As if nobody had ever started here. */
  empty(): void;
  run(args: readonly string[], as?: RunAs): Program;
  start(...args: string[]): Promise<Started>;
  postmaster(): Postmaster;
}

export function useDataFolder(): DataFolder {
  vi.setConfig({ testTimeout: 2 * PATIENCE_MS, hookTimeout: 2 * PATIENCE_MS });
  let program: { file: string; remove(): void };
  let made = "";
  let folder = "";
  let copies: string[] = [];
  let started: Program[] = [];

  const run = (args: readonly string[], as?: RunAs) => {
    const one = runProgram(program.file, args, as);
    started.push(one);
    return one;
  };
  beforeAll(async () => {
    program = await buildProgram("test/database-program.ts");
    made = await madeBy(run);
  });
  afterAll(() => {
    program.remove();
    rmSync(made, { recursive: true, force: true });
  });
  beforeEach(() => {
    folder = copyOf(made);
    copies = [];
  });
  afterEach(async () => {
    await Promise.all(started.map((one) => one.kill("SIGKILL")));
    started = [];
    await Promise.all([folder, ...copies].map(removeFolder));
  });
  return {
    path: () => folder,
    copy() {
      const copy = copyOf(folder);
      copies.push(copy);
      return copy;
    },
    empty() {
      rmSync(folder, { recursive: true });
      mkdirSync(folder, { mode: 0o711 });
    },
    run,
    start: (...args) => whenStarted(run([folder, ...args])),
    postmaster: () => postmasterOf(folder),
  };
}

/** A folder that a first start has made and left in order. */
async function madeBy(run: DataFolder["run"]): Promise<string> {
  const folder = temporaryFolder();
  const first = run([folder]);
  await first.says((line) => "url" in line);
  if ((await first.kill("SIGTERM")) !== 0) throw new Error("The first start did not end in order.");
  return folder;
}

async function removeFolder(folder: string): Promise<void> {
  await endServer(folder);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function copyOf(folder: string): string {
  const copy = temporaryFolder();
  execFileSync("cp", ["-a", `${folder}/.`, copy]);
  return copy;
}

async function whenStarted(one: Program): Promise<Started> {
  const { url, holder } = await one.says((line) => "url" in line || "refused" in line);
  if (typeof url !== "string") throw new Error(JSON.stringify(one.lines));
  return { one, url, holder: holder === true };
}

export function postmasterOf(folder: string): Postmaster {
  const found = readPostmaster(join(folder, "postgres"));
  if (!found) throw new Error("There is no server.");
  return found;
}

async function endServer(folder: string): Promise<void> {
  const left = livingPostmaster(join(folder, "postgres"));
  if (!left) return;
  process.kill(left.pid, "SIGQUIT");
  await waitFor(() => (isAlive(left.pid) ? undefined : true));
}

/** One statement as the owner. */
export async function query(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
