import { readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The server that last started on this cluster and has not ended in order; it may be dead. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
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
