import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseError } from "./database-error.ts";
import type { Binaries } from "./find-binaries.ts";
import { runProgram } from "./run-program.ts";
import type { ServerUser } from "./server-user.ts";

interface Launch {
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  readonly folder: string;
  readonly logFile: string;
  readonly settings: Readonly<Record<string, string | number>>;
  /** A port to keep, so that open pools find the server again; without it any free one. */
  readonly port?: number;
}

export interface LaunchedServer {
  readonly child: ChildProcess;
  readonly port: number;
}

const PORT_TRIES = 5;
const READY = "database system is ready to accept connections";
/** Recovery after a crash replays up to max_wal_size, which takes its time on a slow disk. */
const READY_TIMEOUT_MS = 300_000;

/** Starts Postgres and returns when it accepts connections. */
export async function launchServer(launch: Launch): Promise<LaunchedServer> {
  for (let attempt = 1; ; attempt++) {
    const port = launch.port ?? (await freePort());
    try {
      return { child: await launchOn(port, launch), port };
    } catch (error) {
      if (!isPortTaken(error) || attempt >= PORT_TRIES) throw error;
      await sleep(launch.port === undefined ? 0 : attempt * 500);
    }
  }
}

async function launchOn(
  port: number,
  { binaries, user, folder, logFile, settings }: Launch,
): Promise<ChildProcess> {
  const start = startOfNewLines(logFile);
  const log = openSync(logFile, "a", 0o600);
  const child = runProgram(
    binaries.postgres,
    [
      "-D",
      folder,
      "-p",
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    { user, stderr: log },
  );
  closeSync(log);
  child.unref();
  await ready(child, () => readFrom(logFile, start));
  return child;
}

async function ready(child: ChildProcess, newLines: () => string): Promise<void> {
  let failed: Error | undefined;
  child.on("error", (error) => (failed = error));
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!newLines().includes(READY)) {
    if (failed) throw new DatabaseError(`Postgres could not be started: ${failed.message}`);
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new DatabaseError(
        `Postgres stopped while starting: ${newLines().trim().split("\n").slice(-5).join("\n")}`,
      );
    }
    if (Date.now() > deadline) throw new DatabaseError("Postgres has not become ready for 5 minutes.");
    await sleep(5);
  }
}

function isPortTaken(error: unknown): boolean {
  return (
    error instanceof DatabaseError &&
    /could not bind|could not create any TCP\/IP sockets/.test(error.message)
  );
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => resolve((probe.address() as { port: number }).port));
  });
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function startOfNewLines(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

function readFrom(file: string, start: number): string {
  return readFileSync(file).subarray(start).toString("utf8");
}
