import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseError } from "../database-error.ts";
import type { Binaries } from "./find-binaries.ts";
import type { Settings } from "./memory-settings.ts";
import type { Postmaster } from "./postmaster-file.ts";
import { runProgram } from "./run-program.ts";
import type { ServerUser } from "./server-user.ts";

interface Launch {
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  readonly cluster: string;
  readonly logFile: string;
  readonly settings: Settings;
  /** A port to keep, so that open pools find the server again; without it any free one. */
  readonly port?: number;
}

const READY = "database system is ready to accept connections";
/** Recovery after a crash replays up to max_wal_size, which takes its time on a slow disk. */
const READY_TIMEOUT_MS = 300_000;
const TRIES = 8;
const LOG_LIMIT = 10 * 1024 * 1024;

/** Another program was quicker to the port, or the remains of a killed server are still ending. */
const PASSING =
  /could not bind|could not create any TCP\/IP sockets|pre-existing shared memory block|is still in use/;

/** Starts Postgres and returns when it accepts connections; tries again after a failure that passes. */
export async function launchServer(launch: Launch): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    const port = launch.port ?? (await freePort());
    try {
      return { pid: await launchOn(port, launch), port };
    } catch (error) {
      const passes = error instanceof DatabaseError && PASSING.test(String(error.details["reason"]));
      if (!passes || attempt >= TRIES) throw error;
      await sleep(attempt * 100);
    }
  }
}

async function launchOn(
  port: number,
  { binaries, user, cluster, logFile, settings }: Launch,
): Promise<number> {
  keepSmall(logFile);
  const log = openSync(logFile, "a+", 0o600);
  try {
    const start = fstatSync(log).size;
    const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const child = runProgram(binaries.postgres, ["-D", cluster, "-p", String(port), ...options], {
      user,
      stderr: log,
    });
    let failed: Error | undefined;
    child.on("error", (error) => (failed = error));
    child.unref();
    await ready(() => {
      if (failed) throw new DatabaseError("database:not_started", { reason: failed.message });
      const lines = readFrom(log, start);
      if (child.exitCode === null && child.signalCode === null) return lines.includes(READY);
      throw new DatabaseError("database:not_started", {
        reason: lines.trim().split("\n").slice(-8).join("\n"),
      });
    });
    return child.pid ?? 0;
  } finally {
    closeSync(log);
  }
}

async function ready(isReady: () => boolean): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!isReady()) {
    if (Date.now() > deadline)
      throw new DatabaseError("database:not_ready", { minutes: READY_TIMEOUT_MS / 60_000 });
    await sleep(5);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => resolve((probe.address() as { port: number }).port));
  });
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function keepSmall(file: string): void {
  try {
    if (statSync(file).size < LOG_LIMIT) return;
    rmSync(`${file}.old`, { force: true });
    renameSync(file, `${file}.old`);
  } catch {
    // There is none yet.
  }
}

function readFrom(file: number, start: number): string {
  const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - start));
  return bytes.toString("utf8", 0, readSync(file, bytes, 0, bytes.length, start));
}
