import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AlreadyRunningError, DatabaseError } from "../database-error.ts";
import { openDataFolder, placeCluster } from "./cluster-folder.ts";
import { findBinaries } from "./find-binaries.ts";
import { initialiseCluster } from "./initialise-cluster.ts";
import { isLock, type Lock, takeLock } from "./lock.ts";
import { answers, ownerUrl, type Passwords, readPasswords } from "./owner.ts";
import { livingPostmaster, type Postmaster } from "./postmaster-file.ts";
import { enter, type Presence } from "./presence.ts";
import { stopServer } from "./stop-server.ts";
import {
  type DatabaseState,
  haveServer,
  type Keeper,
  keepRunning,
  type Supervised,
  type SupervisorLog,
} from "./supervise.ts";

export interface RunningDatabase {
  /** Connects as the owner's login, which is no superuser. It stays the same while the database runs. */
  readonly url: string;
  /** Whether this process looks after the server at the moment; another takes over when that one leaves or dies. */
  readonly holder: boolean;
  /** Tells a second start where this one answers. */
  announce(address: string): void;
  /** Leaves the database, and ends it when nobody else uses it. Close pools first. */
  stop(): Promise<void>;
}

interface StartOptions {
  /** The data folder; made when missing. */
  readonly folder: string;
  readonly log: SupervisorLog;
  readonly onState?: (state: DatabaseState) => void;
  /** There may be one such program per data folder: throws AlreadyRunningError for the second. */
  readonly alone?: boolean;
}

const JOIN_MS = 300_000;
const WATCH_MS = 500;

/**
 * Gives this process the data folder's database: makes it at the first start, adopts the server that a killed program
 * left, joins the one another program looks after, else starts it. Throws DatabaseError with a sentence for people.
 */
export async function startEmbeddedPostgres(options: StartOptions): Promise<RunningDatabase> {
  const { alone = false, log, onState = () => {} } = options;
  const folder = openDataFolder(options.folder);
  const seat = alone ? takeSeat(folder) : undefined;
  const presence = enter(folder);
  const ending = new AbortController();
  try {
    onState("starting");
    const supervised = await prepare(folder, { log, onState, signal: ending.signal });
    const started = await holdOrJoin(folder, supervised);
    onState("ready");
    return run({ folder, supervised, presence, seat, ending, ...started });
  } catch (error) {
    presence.leave();
    seat?.release();
    throw error;
  }
}

function takeSeat(folder: string): Lock {
  const taken = takeLock(folder, "server");
  if (isLock(taken)) return taken;
  throw new AlreadyRunningError({ folder, pid: taken.pid, address: taken.address });
}

async function prepare(
  folder: string,
  told: Pick<Supervised, "log" | "onState" | "signal">,
): Promise<Supervised> {
  const binaries = await findBinaries();
  return {
    ...told,
    ...placeCluster(folder),
    binaries,
    passwords: readPasswords(folder),
    logFile: join(folder, "postgres.log"),
  };
}

interface Started {
  readonly server: Postmaster;
  readonly lock: Lock | undefined;
}

/** Whoever gets the lock looks after the server; the others wait until it answers. */
async function holdOrJoin(folder: string, supervised: Supervised): Promise<Started> {
  for (const deadline = Date.now() + JOIN_MS; Date.now() < deadline; await sleep(50)) {
    const lock = takeLock(folder, "postgres");
    if (isLock(lock)) return { lock, server: await hold(lock, supervised) };
    const server = await living(supervised.cluster, supervised.passwords);
    if (server) return { lock: undefined, server };
  }
  throw new DatabaseError("database:silent_keeper", { folder });
}

async function hold(lock: Lock, supervised: Supervised): Promise<Postmaster> {
  try {
    await initialiseCluster({ ...supervised, password: supervised.passwords.superuser });
    return await haveServer(supervised);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function living(cluster: string, passwords: Passwords): Promise<Postmaster | undefined> {
  const server = livingPostmaster(cluster);
  return server && (await answers(ownerUrl(server.port, passwords))) ? server : undefined;
}

interface Run extends Started {
  readonly folder: string;
  readonly supervised: Supervised;
  readonly presence: Presence;
  readonly seat: Lock | undefined;
  readonly ending: AbortController;
}

function run({ folder, supervised, presence, seat, ending, ...started }: Run): RunningDatabase {
  const care = takeCare(folder, supervised, started);
  return {
    url: ownerUrl(started.server.port, supervised.passwords),
    get holder() {
      return care.holder();
    },
    announce: (address) => seat?.announce(address),
    async stop() {
      ending.abort();
      await care.stop(presence);
      seat?.release();
    },
  };
}

interface Care {
  holder(): boolean;
  stop(presence: Presence): Promise<void>;
}

/** Looks after the server, or waits to do so when the program that does leaves or dies. */
function takeCare(folder: string, supervised: Supervised, { server, lock: first }: Started): Care {
  let lock = first;
  let keeper: Keeper | undefined = lock && keepRunning(supervised, server);
  const takeOver = () => {
    const taken = lock ?? takeLock(folder, "postgres");
    if (lock || !isLock(taken)) return;
    lock = taken;
    keeper = keepRunning(supervised, server);
    supervised.log.info(server, "The program that looked after Postgres has left; this one does now");
  };
  const timer = setInterval(() => orWarn(takeOver, supervised.log), WATCH_MS);
  timer.unref();
  return {
    holder: () => lock !== undefined,
    async stop(presence) {
      clearInterval(timer);
      await keeper?.stop();
      presence.leave();
      if (keeper && !presence.othersAreThere()) await stopServer(keeper.current().pid);
      lock?.release();
    },
  };
}

/** A data folder that cannot be read for a moment must not end the program. */
function orWarn(work: () => void, log: SupervisorLog): void {
  try {
    work();
  } catch (error) {
    log.warn({ reason: (error as Error).message }, "The data folder cannot be read");
  }
}
