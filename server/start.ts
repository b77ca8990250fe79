import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Language } from "#contract/languages.ts";
import { permissions } from "#contract/permissions.ts";
import { createSetupLink, setupNeeded } from "./accounts/setup-link.ts";
import { createHttp } from "./http.ts";
import { type Config, readConfig } from "./platform/config.ts";
import type { Context } from "./platform/context.ts";
import { createPool } from "./platform/database.ts";
import { type Installation, openInstallation } from "./platform/installation.ts";
import { drain, listen } from "./platform/listen.ts";
import { log } from "./platform/log.ts";
import { closeMail } from "./platform/mail.ts";
import { observePool } from "./platform/metrics.ts";
import { projectRoot } from "./platform/root.ts";
import { askedToStop } from "./platform/stopping.ts";
import { text } from "./platform/texts.ts";
import { createWorker } from "./worker.ts";

interface Parts {
  readonly serve: boolean;
  readonly work: boolean;
  readonly language: Language;
}

type Stop = () => Promise<void>;

const DRAIN_MS = 30_000;
const JOBS_AT_ONCE = 4;
/** The oldest Node that still gets security fixes. */
const OLDEST_SUPPORTED = 22;

/**
 * Runs the web, the background work or both until asked to stop. Then nothing new is begun, what is under way ends,
 * and everything is left in the order opposite to its start. Returns the exit code.
 */
export async function start(parts: Parts): Promise<number> {
  const say = (key: string, values = {}) => text(parts.language, `command-line:${key}`, values);
  warnOldNode(parts.language);
  const asked = askedToStop(() => print(say("stopping")));
  const config = readConfig(process.env);
  const alone = parts.serve && parts.work;
  const installation = await openInstallation(config, { alone });
  const stops: Stop[] = [];
  try {
    if (parts.serve) stops.push(await startWeb(parts, config, installation));
    if (parts.work) stops.push(await startWork(config, installation));
    if (!parts.serve) print(say("working"));
    await asked;
  } finally {
    await Promise.all(stops.map((stop) => stop()));
    await installation.close();
  }
  return 0;
}

/** Said to who keeps it running, not to everybody who runs a command. */
function warnOldNode(language: Language): void {
  const { node } = process.versions;
  if (Number(node.split(".")[0]) >= OLDEST_SUPPORTED) return;
  process.stderr.write(`${text(language, "command-line:old_node", { version: node })}\n`);
}

async function startWeb({ language }: Parts, config: Config, installation: Installation): Promise<Stop> {
  const { isHttps, trustProxy, metricsToken, host, port } = config;
  let draining = false;
  observePool(installation.pool);
  const app = await createHttp({
    ...installation,
    log,
    isHttps,
    trustProxy,
    metricsToken,
    webFolder: join(projectRoot, "dist/web"),
    isReady: async () => !draining && (await installation.answers()),
  });
  const opened = await listen(app, { host, port });
  const address = config.baseUrl ?? `http://localhost:${opened}`;
  installation.announce(address);
  print(text(language, "command-line:running_at", { address }));
  await printSetupLink(contextOf(installation, language), address);
  return () => {
    draining = true;
    return drain(app, DRAIN_MS);
  };
}

/** On the first start, and until somebody has used one. */
async function printSetupLink(context: Context, address: string): Promise<void> {
  if (!(await setupNeeded(context))) return;
  const { path, validHours } = await createSetupLink(context);
  const values = { count: validHours, address: `${address}${path}` };
  print(text(context.actor.language, "command-line:set_up_here", values));
}

async function startWork(config: Config, installation: Installation): Promise<Stop> {
  const pool = createPool({ url: installation.url, max: JOBS_AT_ONCE + 3 });
  const worker = await createWorker({ ...installation, pool, log, concurrency: JOBS_AT_ONCE });
  return async () => {
    // What has not ended by then is freed for the next start.
    await Promise.race([worker.stop(), sleep(DRAIN_MS, undefined, { ref: false })]);
    closeMail();
    await pool.end();
  };
}

/** The person at this machine's command line. */
export function contextOf({ db, clock }: Installation, language: Language): Context {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const actor = { type: "command" as const, id: null, permissions: new Set(permissions), operator: true };
  return { db, clock, accountId: "", actor: { ...actor, language, timeZone } };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
