import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "./running-process.ts";

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The server that says it runs on this cluster, if its process lives. Postgres writes the file at its start. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 && isAlive(pid) ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

/** For a file whose number now belongs to another program, which Postgres itself would mistake for a server. */
export function removePostmasterFile(cluster: string): void {
  rmSync(join(cluster, "postmaster.pid"), { force: true });
}
