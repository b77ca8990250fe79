import { sql } from "kysely";
import type { Plan } from "#contract/billing.ts";
import type { Context } from "#server/platform/context.ts";

/** Accounts in which a workflow is on although their plan is none of these. */
export async function selectBeyondPlan({ db }: Context, plans: readonly Plan[]): Promise<string[]> {
  const { rows } = await sql<{ accountId: string }>`
    select distinct w.account_id as "accountId" from workflow w
    join billing_account b on b.account_id = w.account_id
    where w.state = 'on' and w.deleted_at is null and not b.plan = any(${plans}::text[])`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

export interface PausedWorkflow {
  readonly id: string;
  readonly name: string;
}

/** Pauses all that are on; nobody falls out. */
export async function pauseForPlan({ db, clock, accountId }: Context): Promise<PausedWorkflow[]> {
  const { rows } = await sql<PausedWorkflow>`update workflow
    set state = 'paused', pause_reason = 'plan', changed_at = ${clock.sql}, changed_by = null
    where account_id = ${accountId} and state = 'on' and deleted_at is null returning id, name`.execute(db);
  return rows;
}
