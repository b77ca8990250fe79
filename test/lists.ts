import { sql } from "kysely";
import type { Condition, Filter } from "#contract/filters.ts";
import { createList } from "#server/lists/definition/create-list.ts";
import { keepListsOf } from "#server/lists/upkeep/keep-lists.ts";
import { runOperation } from "#server/operations/run-operation.ts";
import type { Context } from "#server/platform/context.ts";

/** A filter of one condition. */
export function where(
  propertyName: string,
  operator: Condition["operator"],
  ...values: readonly string[]
): Filter {
  const value = values.length === 1 ? { value: values[0] } : { values: [...values] };
  const isSeveral = operator.includes("IN") && !operator.includes("DAYS");
  return {
    filterGroups: [
      { filters: [{ propertyName, operator, ...(isSeveral ? { values: [...values] } : value) }] },
    ],
  };
}

let made = 0;

/** A list with a name of its own: active with a filter, otherwise static. */
export async function makeList(context: Context, filter?: Filter, name = `List ${++made}`): Promise<string> {
  const type = filter ? "active" : "static";
  const given = filter ? { filter } : {};
  const { list } = await createList(context, { name, type, folderId: null, ...given });
  return list.id;
}

/** Works until nothing waits. */
export async function keepAll(context: Context): Promise<void> {
  for (let step = 0; await keepListsOf(context); step++) {
    if (step > 1_000) throw new Error("The work never ends");
  }
}

export async function membersOf({ db, accountId }: Context, listId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select contact_id::text as id from list_membership
    where account_id = ${accountId} and list_id = ${listId} order by contact_id`.execute(db);
  return rows.map(({ id }) => id);
}

export async function run(
  context: Context,
  started: Promise<{ operationId: string | null }>,
): Promise<string> {
  const operationId = (await started).operationId as string;
  await runOperation(context, { operationId });
  return operationId;
}
