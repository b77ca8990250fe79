import { type ChildProcess, spawn } from "node:child_process";
import type { ServerUser } from "./server-user.ts";

/** Postgres reads names, messages and hours from these. */
const ENVIRONMENT = { LC_ALL: "C", TZ: "UTC", PGTZ: "UTC" };

interface Run {
  readonly user: ServerUser | undefined;
  /** Where its standard error goes: a file outlives us, a pipe does not. */
  readonly stderr: number | "pipe";
}

/** Starts a program of Postgres as the server's user, in a session of its own, so that Ctrl+C reaches only us. */
export function runProgram(program: string, args: readonly string[], { user, stderr }: Run): ChildProcess {
  return spawn(program, args, {
    ...user,
    cwd: "/",
    detached: true,
    stdio: ["ignore", stderr === "pipe" ? "ignore" : stderr, stderr],
    env: { ...process.env, ...ENVIRONMENT },
    windowsHide: true,
  });
}
