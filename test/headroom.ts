import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { waitFor } from "./processes.ts";

/** The program as a person runs it. */
export interface Headroom {
  readonly child: ChildProcess;
  output(): string;
  errors(): string;
  /** The first match in what it printed. */
  prints(pattern: RegExp): Promise<string>;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

const running = new Set<Headroom>();

/** Ends what a failed test left running. */
export async function endAll(): Promise<void> {
  for (const { child } of running) child.kill("SIGTERM");
  await Promise.all([...running].map(({ ended }) => ended));
}

/** Runs `headroom <words>` from its built file, with nothing of the machine's own settings. */
export function runHeadroom(file: string, words: readonly string[], env: NodeJS.ProcessEnv): Headroom {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [file, ...words], {
    env: { PATH, HOME, HEADROOM_LANGUAGE: "en", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (errors += String(chunk)));
  const headroom: Headroom = {
    child,
    output: () => output,
    errors: () => errors,
    prints: (pattern) => waitFor(() => pattern.exec(output)?.[0], child),
    ended: once(child, "close").then(([code]) => {
      running.delete(headroom);
      return code as number | null;
    }),
  };
  running.add(headroom);
  return headroom;
}

export async function freePort(): Promise<number> {
  const taken = await takePort();
  await taken.close();
  return taken.port;
}

export async function takePort(): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    port,
    async close() {
      server.close();
      await once(server, "close");
    },
  };
}
