import type { Filter } from "#contract/filters.ts";
import type { WorkflowDefinition } from "#contract/workflow-definition.ts";
import type { WorkflowProblem } from "#contract/workflows.ts";
import { listMembers } from "#server/accounts/roles/granters.ts";
import { whereMatches } from "#server/filters/select-contacts.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { text } from "#server/platform/texts.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { definitionProblems, type Problem } from "../definition/check-definition.ts";
import { filtersOf } from "../definition/filters-of.ts";
import { selectKnown } from "./queries.ts";

/** What must be mended before a definition may run, each a sentence in the reader's language. */
export async function describeProblems(
  context: Context,
  workflowId: string,
  definition: WorkflowDefinition,
): Promise<WorkflowProblem[]> {
  const problems = await findProblems(context, workflowId, definition);
  return problems.map(({ step, field, code, details }) => ({
    step,
    field,
    message: sentence(context, code, details),
  }));
}

function sentence({ actor: { language } }: Context, code: string, details: Problem["details"]): string {
  if (code === "filter") return text(language, String(details["reason"]), details);
  if (code === "value")
    return text(language, `properties:value_problem.${String(details["problem"])}`, {
      label: details["property"],
      ...details,
    });
  return text(language, `workflows:problem_${code}`, details);
}

async function findProblems(
  context: Context,
  workflowId: string,
  definition: WorkflowDefinition,
): Promise<Problem[]> {
  const known = await selectKnown(context);
  const bad = await badFilters(context, definition);
  return definitionProblems(definition, {
    workflowId,
    properties: await loadCatalogue(context),
    lists: new Map(known.lists.map(({ id, type }) => [id, { type }])),
    workflowIds: new Set(known.workflows),
    memberIds: new Set((await listMembers(context)).map(({ id }) => id)),
    checkFilter: (filter) => {
      const error = bad.get(filter);
      if (error) throw error;
    },
  });
}

/** Filters that cannot be read, each with what is wrong. */
async function badFilters(
  context: Context,
  definition: WorkflowDefinition,
): Promise<ReadonlyMap<Filter, AppError>> {
  const bad = new Map<Filter, AppError>();
  for (const filter of filtersOf(definition)) {
    try {
      await whereMatches(context, { filter, query: "" });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      bad.set(filter, error);
    }
  }
  return bad;
}
