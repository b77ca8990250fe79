import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinaries, isRoot } from "#server/platform/embedded-postgres/find-binaries.ts";
import { initialiseCluster, SUPERUSER } from "#server/platform/embedded-postgres/initialise-cluster.ts";
import { launchServer } from "#server/platform/embedded-postgres/launch-server.ts";
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

/** A Postgres of our own for one run of the tests, by the same parts as the built-in database. */
export async function startThrowAwayCluster(): Promise<ThrowAwayCluster> {
  const parent = mkdtempSync(join(tmpdir(), "headroom-test-"));
  const [binaries, user] = [await findBinaries(), isRoot() ? defaultServerUser() : undefined];
  giveTo(user, parent);
  const cluster = join(parent, "postgres");
  await initialiseCluster({ binaries, user, cluster, password: "test" });
  const logFile = join(parent, "postgres.log");
  const { pid, port } = await launchServer({ binaries, user, cluster, logFile, settings: SETTINGS });
  return {
    url: `postgres://${SUPERUSER}:test@127.0.0.1:${port}/postgres`,
    async stop() {
      await stopServer(pid);
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
