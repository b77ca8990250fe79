import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Binaries, findBinaries, isRoot } from "#server/platform/embedded-postgres/find-binaries.ts";
import { initialiseCluster, SUPERUSER } from "#server/platform/embedded-postgres/initialise-cluster.ts";
import { launchServer } from "#server/platform/embedded-postgres/launch-server.ts";
import { readPostmaster } from "#server/platform/embedded-postgres/postmaster-file.ts";
import {
  isRunning,
  programOf,
  type RunningProcess,
  thisProcess,
} from "#server/platform/embedded-postgres/running-process.ts";
import { defaultServerUser, giveTo } from "#server/platform/embedded-postgres/server-user.ts";
import { stopServer } from "#server/platform/embedded-postgres/stop-server.ts";

export interface ThrowAwayCluster {
  /** The superuser's; a test's database belongs to an ordinary owner. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Nothing here outlives the tests, so nothing waits for the disk. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: 200,
  shared_buffers: "256MB",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  jit: "off",
};

const PREFIX = "headroom-cluster-";
const PASSWORD = "test";

/** The oldest Postgres we promise to work with, where Debian or Ubuntu have installed it. */
export const postgres15 = "/usr/lib/postgresql/15/bin";

/** A Postgres of our own for one run of the tests: the built-in one, or the one whose programs are in `bin`. */
export async function startThrowAwayCluster(bin?: string): Promise<ThrowAwayCluster> {
  await sweepOrphans();
  const parent = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(parent, "process"), JSON.stringify(thisProcess()));
  const user = isRoot() ? defaultServerUser() : undefined;
  giveTo(user, parent);
  const cluster = join(parent, "postgres");
  const binaries = await (bin === undefined ? findBinaries() : programsIn(bin));
  if (bin === undefined) await initialiseCluster({ binaries, user, cluster, password: PASSWORD });
  else initialiseOther(binaries, cluster);
  const logFile = join(parent, "postgres.log");
  const { pid, port } = await launchServer({ binaries, user, cluster, logFile, settings: SETTINGS });
  return {
    url: `postgres://${SUPERUSER}:${PASSWORD}@127.0.0.1:${port}/postgres`,
    async stop() {
      await stopServer(pid);
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

function programsIn(bin: string): Binaries {
  return { postgres: join(bin, "postgres"), initdb: join(bin, "initdb") };
}

/** Other versions do not know every option of ours. */
function initialiseOther({ initdb }: Binaries, cluster: string): void {
  const user = isRoot() ? defaultServerUser() : undefined;
  const passwordFile = `${cluster}.password`;
  writeFileSync(passwordFile, PASSWORD);
  const options = ["-U", SUPERUSER, `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8"];
  execFileSync(initdb, ["-D", cluster, "--locale=C", ...options], { ...user, cwd: "/", stdio: "ignore" });
}

/** Ends what runs of the tests that were killed have left behind. */
async function sweepOrphans(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    const starter = starterOf(folder);
    if (!starter || isRunning(starter)) continue;
    const server = readPostmaster(join(folder, "postgres"));
    if (server && programOf(server.pid).includes("postgres")) await stopServer(server.pid);
    rmSync(folder, { recursive: true, force: true });
  }
}

function starterOf(folder: string): RunningProcess | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "process"), "utf8")) as RunningProcess;
  } catch {
    return undefined;
  }
}
