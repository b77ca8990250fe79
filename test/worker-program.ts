import { mailNotice } from "#server/accounts/notices/mail-notice.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Context } from "#server/platform/context.ts";
import { connect, createPool } from "#server/platform/database.ts";
import { workWorkflow } from "#server/workflows/execution/work-due.ts";
import { buildContext } from "./build.ts";
import { type CrashPoint, stopAt } from "./stop-at.ts";

export interface Task {
  readonly accountId: string;
  /** A workflow whose due steps are worked, or a notice that is mailed. */
  readonly workflowId?: string;
  readonly noticeId?: string;
  readonly instant: string;
}

// A worker of its own for tests that kill it: `URL POINT TASKS`. It works all tasks side by side, each on connections
// of its own, and kills itself when every one of them has come to the point; without a point it goes on to the end.
const [url = "", point = "", json = "[]"] = process.argv.slice(2);
const tasks = JSON.parse(json) as Task[];
let stopped = 0;

/** For good. */
function stop(): Promise<void> {
  stopped += 1;
  if (stopped === tasks.length) process.kill(process.pid, "SIGKILL");
  return new Promise(() => {});
}

async function perform({ accountId, workflowId, noticeId, instant }: Task): Promise<void> {
  const pool = createPool({ url, max: 2 });
  pool.options.application_name = `worker ${process.pid}`;
  if (point !== "") stopAt(pool, point as CrashPoint, stop);
  const context = buildContext(connect(pool), { accountId, clock: fixedClock(new Date(instant)) });
  if (noticeId !== undefined) await mailNotice(context, { noticeId });
  if (workflowId !== undefined) await workAll(context, workflowId);
  process.stdout.write(`${JSON.stringify({ ended: accountId })}\n`);
}

async function workAll(context: Context, workflowId: string): Promise<void> {
  for (const outside of [false, true, false]) {
    while ((await workWorkflow(context, { workflowId, outside })) > 0);
  }
}

await Promise.all(tasks.map(perform));
process.exit(0);
