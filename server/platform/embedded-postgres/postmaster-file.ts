import { readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isSameFolder } from "./place.ts";
import { isAlive, programOf } from "./running-process.ts";

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** What a server writes of itself. */
interface PostmasterFile extends Postmaster {
  /** The cluster as its server knows it. */
  readonly cluster: string;
}

/** The server that last started on this cluster and has not ended in order; it may be dead, or another cluster's. */
export function readPostmaster(cluster: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 ? { pid, port, cluster: lines[1] ?? "" } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The server that runs on this very cluster. A data folder that was copied while it was in use brings along the file of
 * the original's server, which knows the same passwords: whoever took that one would write into the original.
 */
export function livingPostmaster(cluster: string): Postmaster | undefined {
  const found = readPostmaster(cluster);
  if (!found || !isAlive(found.pid) || !programOf(found.pid).includes("postgres")) return undefined;
  // Where the system does not tell in which folder it works, what it wrote has to do.
  const serves = isSameFolder(`/proc/${found.pid}/cwd`, cluster) ?? isSameFolder(found.cluster, cluster);
  return serves ? { pid: found.pid, port: found.port } : undefined;
}

/**
 * For a file whose number is another program's by now, or a dead one's that nobody has buried (containers without an
 * init): Postgres would take both for a living server. Only when nothing uses the cluster any more.
 */
export function removePostmasterFile(cluster: string): void {
  rmSync(join(cluster, "postmaster.pid"), { force: true });
}

/** Whether any process works in the cluster: what a killed server started may outlive it for a moment. */
export function isInUse(cluster: string): boolean {
  if (process.platform !== "linux") return false;
  return readdirSync("/proc").some((pid) => /^\d+$/.test(pid) && folderOf(pid) === cluster);
}

function folderOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
