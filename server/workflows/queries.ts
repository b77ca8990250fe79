import { sql } from "kysely";
import type { WorkflowDefinition } from "#contract/workflow-definition.ts";
import type { Context } from "#server/platform/context.ts";

export interface VersionRow {
  readonly name: string;
  readonly ownerId: string;
  readonly version: number;
  readonly definition: WorkflowDefinition;
}

export async function selectVersions(
  { db, accountId }: Context,
  workflowId: string,
  versions: readonly number[],
): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select w.name, w.owner_id as "ownerId", v.version, v.definition from workflow_version v
    join workflow w on w.account_id = v.account_id and w.id = v.workflow_id
    where v.account_id = ${accountId} and v.workflow_id = ${workflowId} and v.version = any(${versions}::int[])`.execute(
    db,
  );
  return rows;
}

/** The version of a workflow that is on; nothing when it is not. */
export async function selectRunning(
  { db, accountId }: Context,
  workflowId: string,
): Promise<VersionRow | undefined> {
  const { rows } = await sql<VersionRow>`
    select w.name, w.owner_id as "ownerId", v.version, v.definition from workflow w
    join workflow_version v on v.account_id = w.account_id and v.workflow_id = w.id and v.version = w.version
    where w.account_id = ${accountId} and w.id = ${workflowId} and w.state in ('on', 'paused') and w.deleted_at is null`.execute(
    db,
  );
  return rows[0];
}
