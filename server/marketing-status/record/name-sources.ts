import { nameActors } from "#server/operations/name-actors.ts";
import type { Context } from "#server/platform/context.ts";
import { selectImportNames, selectWorkflowNames } from "./queries.ts";

/** Resolves what set a status off to names as they are now: a file, a person, an app, a workflow. */
export async function nameSources(
  context: Context,
  rows: readonly { sourceType: string | null; sourceId: string | null }[],
): Promise<(reference: { type: string; id: string | null }) => string | null> {
  const ids = (type: string) =>
    rows.flatMap(({ sourceType, sourceId }) =>
      sourceType === type && sourceId && /^\d+$/.test(sourceId) ? [sourceId] : [],
    );
  const imports = named(await selectImportNames(context, ids("CONTACT_IMPORT")));
  const workflows = named(await selectWorkflowNames(context, ids("WORKFLOW")));
  const actorName = await nameActors(context, [
    ...ids("USER_SET").map((id) => ({ type: "user", id })),
    ...ids("INTEGRATOR_SET").map((id) => ({ type: "token", id })),
  ]);
  return ({ type, id }) => {
    if (type === "CONTACT_IMPORT") return imports.get(id ?? "") ?? null;
    if (type === "WORKFLOW") return workflows.get(id ?? "") ?? null;
    if (type === "USER_SET") return actorName({ type: "user", id });
    if (type === "INTEGRATOR_SET") return actorName({ type: "token", id });
    return null;
  };
}

const named = (found: readonly { id: string; name: string }[]): ReadonlyMap<string, string> =>
  new Map(found.map(({ id, name }) => [id, name]));
