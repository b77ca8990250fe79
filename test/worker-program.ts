import { fixedClock } from "#server/platform/clock.ts";
import { connect, createPool } from "#server/platform/database.ts";
import { workWorkflow } from "#server/workflows/execution/work-due.ts";
import { buildContext } from "./build.ts";

// A worker of its own for tests that kill it: `URL ACCOUNT WORKFLOW INSTANT`. It works what is due and says how much.
const [url = "", accountId = "", workflowId = "", instant = ""] = process.argv.slice(2);
const pool = createPool({ url });
const context = buildContext(connect(pool), { accountId, clock: fixedClock(new Date(instant)) });
for (const outside of [false, true, false]) {
  for (let claimed = 1; claimed > 0; ) {
    claimed = await workWorkflow(context, { workflowId, outside });
    process.stdout.write(`${JSON.stringify({ claimed })}\n`);
  }
}
process.stdout.write(`${JSON.stringify({ done: true })}\n`);
await pool.end();
