import { sql } from "kysely";
import type { z } from "zod";
import type { Act, Context } from "./context.ts";

export interface Job {
  readonly name: string;
  readonly payload: z.ZodType;
  readonly act: Act<never, unknown>;
  /** When it also runs by itself, as a crontab line in UTC. Such runs have no account. */
  readonly cron?: string;
  /** Or every so many seconds in each worker process; such work must be harmless to do twice. */
  readonly everySeconds?: number;
}

/** Work done in the background. A payload with `accountId` runs in that account. */
export function job<Payload extends z.ZodType>(
  name: string,
  work: {
    payload: Payload;
    act: Act<z.output<NoInfer<Payload>>, unknown>;
    cron?: string;
    everySeconds?: number;
  },
): Job {
  return { name, ...work };
}

interface Enqueueing {
  readonly name: string;
  readonly payload: Record<string, unknown>;
  /** Jobs with the same key replace each other while they wait. */
  readonly key?: string;
  readonly runAt?: Date;
}

/** Adds a job in the caller's transaction: it runs if and only if the change that needs it is committed. */
export async function enqueue(
  { db, accountId }: Context,
  { name, payload, key, runAt }: Enqueueing,
): Promise<void> {
  const body = JSON.stringify({ accountId, ...payload });
  await sql`select graphile_worker.add_job(${name}, payload => ${body}::json, job_key => ${key ?? null}::text,
    run_at => ${runAt ?? null}::timestamptz, max_attempts => 25)`.execute(db);
}
