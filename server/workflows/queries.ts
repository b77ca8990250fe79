import { type RawBuilder, sql } from "kysely";
import type { WorkflowDefinition } from "#contract/workflow-definition.ts";
import type { Context } from "#server/platform/context.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { propertySql } from "#server/properties/property-sql.ts";

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

/** Workflow `w` lets contacts in. While its account's plan has no workflows nobody enters and nothing is heard. */
export const isEntered: RawBuilder<boolean> = sql<boolean>`(w.state = 'on'
  or w.state = 'paused' and w.pause_reason is distinct from 'plan')`;

/** The version of a workflow that contacts enter: it is on, or waits for its owner's rights. */
export async function selectRunning(
  { db, accountId }: Context,
  workflowId: string,
): Promise<VersionRow | undefined> {
  const { rows } = await sql<VersionRow>`
    select w.name, w.owner_id as "ownerId", v.version, v.definition from workflow w
    join workflow_version v on v.account_id = w.account_id and v.workflow_id = w.id and v.version = w.version
    where w.account_id = ${accountId} and w.id = ${workflowId} and ${isEntered}
      and w.deleted_at is null`.execute(db);
  return rows[0];
}

/** A property of these contacts as the API writes it; null is "no value". */
export async function selectTexts(
  context: Context,
  propertyName: string,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const property = (await loadCatalogue(context)).get(propertyName);
  if (!property) return new Map();
  const { rows } = await sql<{ id: string; value: string | null }>`
    select c.id, ${propertySql(context, property).text} as value from contact c
    where c.account_id = ${context.accountId} and c.id = any(${contactIds}::bigint[])`.execute(context.db);
  return new Map(rows.map(({ id, value }) => [id, value]));
}

/** Whether contact `c` is a member of any of these lists, as their memberships stand. */
export function isInLists({ accountId }: Context, listIds: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`exists (select from list_membership l where l.account_id = ${accountId}
    and l.contact_id = c.id and l.list_id = any(${listIds}::bigint[]))`;
}
