import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { projectRoot } from "#server/platform/root.ts";

type Line = Record<string, unknown>;

/** A program under test: what it says, line by line, and the ways to end it. */
export interface Program {
  readonly pid: number;
  readonly lines: readonly Line[];
  /** The first line, from `from` on, that fits; fails when the program ends before. */
  says(fits: (line: Line) => boolean, from?: number): Promise<Line>;
  kill(signal: NodeJS.Signals): Promise<number | null>;
  /** Its code when it has ended, null after a signal. */
  readonly ended: Promise<number | null>;
}

/** Builds a program of test/ as it would be shipped, because Node 20 cannot run TypeScript. */
export async function buildProgram(source: string): Promise<{ file: string; remove(): void }> {
  // Inside node_modules, so that it finds its packages; readable, because some tests run it as another user.
  const cache = join(projectRoot, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "headroom-test-"));
  chmodSync(folder, 0o755);
  const file = join(folder, "program.mjs");
  await build({
    entryPoints: [join(projectRoot, source)],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
  readonly env?: NodeJS.ProcessEnv;
}

export function runProgram(file: string, args: readonly string[], { env, ...user }: RunAs = {}): Program {
  const child = spawn(process.execPath, [file, ...args], {
    ...user,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: Line[] = [];
  const ended = once(child, "exit").then(([code]) => code as number | null);
  if (child.stdout) createInterface(child.stdout).on("line", (line) => lines.push(JSON.parse(line) as Line));
  return {
    pid: child.pid ?? 0,
    lines,
    says: (fits, from = 0) => waitFor(() => lines.slice(from).find(fits), child),
    async kill(signal) {
      child.kill(signal);
      return await ended;
    },
    ended,
  };
}

/** How long a busy machine may take; what fails, fails sooner by itself. */
export const PATIENCE_MS = 90_000;

/** Waits until the value is there. */
export async function waitFor<T>(get: () => T | undefined, child?: ChildProcess): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
    const value = get();
    if (value !== undefined) return value;
    if (child?.exitCode !== null && child?.exitCode !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const last = get();
      if (last !== undefined) return last;
      throw new Error("The program ended before it said what was waited for.");
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("It did not happen in time.");
}

/** Passable, because the server of a test run by root is another user. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "headroom-test-"));
  chmodSync(folder, 0o711);
  return folder;
}
