import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "#server/platform/root.ts";
import { freePort, type Headroom, runHeadroom } from "#test/headroom.ts";
import { temporaryFolder } from "#test/processes.ts";

const program = join(projectRoot, "bin/headroom.js");

/** A whole Headroom of its own: embedded database, web and worker, on a free port. */
export interface Installation {
  readonly url: string;
  /** The one-time link that the first start printed; undefined after `setUp`. */
  readonly setupLink: string | undefined;
  /** Scratch space that goes with the installation. */
  readonly folder: string;
  /** Runs a command to its end. */
  run(
    ...words: string[]
  ): Promise<{ code: number | null; output: string; errors: string; json: Record<string, unknown> }>;
  /** Runs a command that is not waited for, such as a worker to be killed. */
  begin(...words: string[]): Headroom;
  stop(): Promise<void>;
}

export const login = { email: "anna@example.test", password: "correct-horse-battery" };

/** Starts one. With `setUp` there is an account Fernhill, monthly, Stockholm, and a login for it. */
export async function startHeadroom(
  options: { setUp?: boolean; words?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Installation> {
  const { setUp = true, words = "start" } = options;
  const folder = temporaryFolder();
  const port = await freePort();
  const env = { HEADROOM_DATA: join(folder, "data"), PORT: String(port), ...options.env };
  const begin = (...command: string[]) => runHeadroom(program, command, env);
  if (setUp) await setUpAccount(begin, folder);
  const server = begin(words);
  await server.prints(/running at \S+/);
  const setupLink = setUp ? undefined : await server.prints(/http\S+\/setup\S+/);
  return {
    url: `http://localhost:${port}`,
    setupLink,
    folder,
    begin,
    run: (...command) => runToEnd(begin(...command)),
    async stop() {
      server.child.kill("SIGTERM");
      await server.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function setUpAccount(begin: (...words: string[]) => Headroom, folder: string): Promise<void> {
  const file = join(folder, "password");
  writeFileSync(file, login.password, { mode: 0o600 });
  const options = `--plan professional --counting vendor --tier 9000 --time-zone Europe/Stockholm --renewal-day 1`;
  const words = ["setup", "--email", login.email, "--password-file", file, "--account", "Fernhill"];
  const { code, errors } = await runToEnd(begin(...words, ...options.split(" ")));
  if (code !== 0) throw new Error(`Set-up failed: ${errors}`);
}

async function runToEnd(headroom: Headroom) {
  const code = await headroom.ended;
  const last = headroom.output().trim().split("\n").at(-1) ?? "";
  const json = last.startsWith("{") ? (JSON.parse(last) as Record<string, unknown>) : {};
  return { code, output: headroom.output(), errors: headroom.errors(), json };
}
