import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseError } from "../database-error.ts";
import type { ClusterPlace } from "./cluster-folder.ts";
import type { Binaries } from "./find-binaries.ts";
import { launchServer } from "./launch-server.ts";
import { serverSettings } from "./memory-settings.ts";
import { ensureOwner, type Passwords } from "./owner.ts";
import {
  isInUse,
  livingPostmaster,
  type Postmaster,
  readPostmaster,
  removePostmasterFile,
} from "./postmaster-file.ts";
import { isAlive } from "./running-process.ts";

export type DatabaseState = "starting" | "ready" | "down";

export interface SupervisorLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What it takes to have a server on one cluster. */
export interface Supervised extends ClusterPlace {
  readonly binaries: Binaries;
  readonly passwords: Passwords;
  readonly logFile: string;
  readonly log: SupervisorLog;
  readonly onState: (state: DatabaseState) => void;
  /** Ends waiting: this program is about to stop. */
  readonly signal: AbortSignal;
}

const ANSWER_MS = 300_000;
const WATCH_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/** The server of this cluster: the living one if there is one (never a second), else a new one. */
export async function haveServer(supervised: Supervised, port?: number): Promise<Postmaster> {
  const living = await adopt(supervised);
  if (living) return living;
  const server = await launchServer({
    ...supervised,
    settings: serverSettings(),
    ...(port === undefined ? {} : { port }),
  });
  await ensureOwner(server.port, supervised.passwords);
  return server;
}

/** A killed program leaves its server running; the password proves that it is ours. */
async function adopt({ cluster, passwords, log, signal }: Supervised): Promise<Postmaster | undefined> {
  for (const deadline = Date.now() + ANSWER_MS; ; await sleep(100, undefined, { signal })) {
    const found = readPostmaster(cluster);
    if (!found) return undefined;
    const living = livingPostmaster(cluster);
    if (living && (await isOurs(living, passwords))) return living;
    if (!living && !isInUse(cluster)) {
      log.info({ pid: found.pid }, "Postgres has not ended in order; it recovers");
      removePostmasterFile(cluster);
      return undefined;
    }
    if (Date.now() > deadline) {
      throw new DatabaseError("database:silent_server", { pid: found.pid, port: found.port, cluster });
    }
  }
}

/** Also when a first start was cut off after the server had come up, before it had an owner. */
async function isOurs({ port }: Postmaster, passwords: Passwords): Promise<boolean> {
  try {
    await ensureOwner(port, passwords);
    return true;
  } catch {
    return false;
  }
}

export interface Keeper {
  current(): Postmaster;
  /** Starts nothing from now on, and waits for a start under way. */
  stop(): Promise<void>;
}

/** Starts the server again whenever it ends, on the same port, so that open pools find it. */
export function keepRunning(supervised: Supervised, first: Postmaster): Keeper {
  let server = first;
  let restart: Promise<void> | undefined;
  const timer = setInterval(() => {
    if (restart || isAlive(server.pid)) return;
    restart = startAgain(supervised, server.port).then((again) => {
      server = again ?? server;
      restart = undefined;
    });
  }, WATCH_MS);
  timer.unref();
  return {
    current: () => server,
    async stop() {
      clearInterval(timer);
      await restart;
    },
  };
}

async function startAgain(supervised: Supervised, port: number): Promise<Postmaster | undefined> {
  const { log, onState, signal } = supervised;
  log.error({ port }, "Postgres ended unexpectedly; starting it again");
  onState("down");
  for (let pause = 250; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      const server = await haveServer(supervised, port);
      log.info(server, "Postgres runs again");
      onState("ready");
      return server;
    } catch (error) {
      log.error({ reason: (error as Error).message, retryMs: pause }, "Postgres could not be started again");
      await sleep(pause, undefined, { signal }).catch(() => {});
    }
  }
  return undefined;
}
