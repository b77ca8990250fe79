import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./running-process.ts";

const FAST_MS = 30_000;
const IMMEDIATE_MS = 10_000;

/** Ends Postgres: its connections are cut and everything committed is written. Never SIGKILL: that leaves shared memory behind. */
export async function stopServer(pid: number): Promise<void> {
  signal(pid, "SIGINT");
  if (await ended(pid, FAST_MS)) return;
  signal(pid, "SIGQUIT");
  await ended(pid, IMMEDIATE_MS);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}

async function ended(pid: number, withinMs: number): Promise<boolean> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(5)) {
    if (!isAlive(pid)) return true;
  }
  return false;
}
