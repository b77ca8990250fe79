import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process by its number and the moment it began, because numbers are given out again. */
export interface RunningProcess {
  readonly pid: number;
  /** In the kernel's own unit; null where it cannot be read. */
  readonly started: string | null;
}

export function thisProcess(): RunningProcess {
  return { pid: process.pid, started: startOf(process.pid) };
}

/** Whether that very process still runs. */
export function isRunning({ pid, started }: RunningProcess): boolean {
  if (!isAlive(pid)) return false;
  return started === null || startOf(pid) === null || startOf(pid) === started;
}

/** Whether any process has this number; one that has ended and waits for its parent does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return statusOf(pid)?.[0] !== "Z";
}

/** The program's name as the system shows it; empty where it cannot be read. */
export function programOf(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
    return execFileSync("ps", ["-p", String(pid), "-o", "comm="], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

function startOf(pid: number): string | null {
  return statusOf(pid)?.[19] ?? null;
}

/** The fields of /proc/<pid>/stat from the state on; the name before them may hold blanks and brackets. */
function statusOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
