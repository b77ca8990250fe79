import type { Filter } from "#contract/filters.ts";
import type { Happening, Step, StepOf, WorkflowDefinition } from "#contract/workflow-definition.ts";
import { endlessLoop, stepsOf, unreachable, waysOf } from "#contract/workflow-graph.ts";
import { AppError } from "#server/platform/errors.ts";
import type { Catalogue } from "#server/properties/property.ts";
import { parseValue } from "#server/properties/property-value.ts";

/** What a definition may name in its account. */
export interface Known {
  readonly workflowId: string;
  readonly properties: Catalogue;
  readonly lists: ReadonlyMap<string, { readonly type: "static" | "active" }>;
  readonly workflowIds: ReadonlySet<string>;
  readonly memberIds: ReadonlySet<string>;
  /** Throws an AppError that says what is wrong with the filter. */
  readonly checkFilter: (filter: Filter) => unknown;
}

/** Why a workflow cannot be turned on as it stands: a text of `workflows:problem`, at a step or at the whole. */
export interface Problem {
  readonly step: string | null;
  /** The setting to change. */
  readonly field: string;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

type Say = (field: string, code: string, details?: object) => void;

/** Everything that must be mended before a definition may run; a draft may be saved with it. */
export function definitionProblems(definition: WorkflowDefinition, known: Known): Problem[] {
  const problems: Problem[] = [];
  const sayAt =
    (step: string | null): Say =>
    (field, code, details = {}) =>
      problems.push({ step, field, code, details: { ...details } });
  checkWhole(definition, known, sayAt(null));
  checkWays(definition, sayAt);
  for (const step of definition.steps) checkStep(step, known, sayAt(step.id));
  return problems;
}

function checkWhole(definition: WorkflowDefinition, known: Known, say: Say): void {
  if (definition.start === null) say("start", "no_action");
  definition.triggers.forEach((trigger, place) =>
    checkHappening(trigger, known, (field, code, details) =>
      say(`triggers.${place}.${field}`, code, details),
    ),
  );
  if (definition.reenroll.on.some((place) => definition.triggers[place] === undefined))
    say("reenroll", "unknown_trigger");
  for (const listId of definition.suppressionListIds)
    if (!known.lists.has(listId)) say("suppressionListIds", "unknown_list", { listId });
  checkFilter(definition.unenroll, known, (code, details) => say("unenroll", code, details));
  checkFilter(definition.goal, known, (code, details) => say("goal", code, details));
}

function checkWays(definition: WorkflowDefinition, sayAt: (step: string | null) => Say): void {
  const steps = stepsOf(definition);
  if (steps.size < definition.steps.length) sayAt(null)("steps", "same_id");
  if (definition.start !== null && !steps.has(definition.start)) sayAt(null)("start", "unknown_step");
  for (const step of definition.steps)
    for (const { key, to } of waysOf(step))
      if (to !== null && !steps.has(to)) sayAt(step.id)(key, "unknown_step");
  for (const id of unreachable(definition)) sayAt(id)("next", "unreachable");
  const loop = endlessLoop(definition);
  if (loop !== undefined) sayAt(loop)("next", "endless_loop");
}

function checkFilter(
  filter: Filter | null,
  known: Known,
  say: (code: string, details: Record<string, unknown>) => void,
): void {
  if (filter === null) return;
  if (filter.filterGroups.every(({ filters }) => filters.length === 0)) return say("empty_filter", {});
  try {
    known.checkFilter(filter);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say("filter", { reason: error.reason, ...error.details });
  }
}

function checkHappening(happening: Happening, known: Known, say: Say): void {
  if (happening.type === "filter_met")
    checkFilter(happening.filter, known, (code, details) => say("filter", code, details));
  if ("listId" in happening) requireList(happening.listId, known, say);
  if (happening.type !== "property_changed") return;
  requireProperty("propertyName", happening.propertyName, { known, say });
  const property = known.properties.get(happening.propertyName);
  // Only what people, imports and programs write has a history that tells of changes.
  if (property?.readOnly) say("propertyName", "silent_property", { property: property.label });
}

type Checks = { readonly [Type in Step["type"]]?: (step: StepOf<Type>, known: Known, say: Say) => void };

function checkStep(step: Step, known: Known, say: Say): void {
  const check = checks[step.type] as ((step: Step, known: Known, say: Say) => void) | undefined;
  check?.(step, known, say);
}

const checks: Checks = {
  set_property: ({ propertyName, value }, known, say) => {
    const property = writable(propertyName, known, (code, details) => say("propertyName", code, details));
    if (!property) return;
    const parsed = parseValue(property, value);
    if ("problem" in parsed) say("value", "value", { property: property.label, problem: parsed.problem });
    else if (parsed.value === null) say("value", "value_missing", { property: property.label });
  },
  copy_property: ({ from, to }, known, say) => {
    requireProperty("from", from, { known, say });
    const property = writable(to, known, (code, details) => say("to", code, details));
    if (property && from === to) say("to", "same_property", { property: property.label });
  },
  clear_property: ({ propertyName }, known, say) =>
    void writable(propertyName, known, (code, details) => say("propertyName", code, details)),
  add_to_list: ({ listId }, known, say) => requireStatic(listId, known, say),
  remove_from_list: ({ listId }, known, say) => requireStatic(listId, known, say),
  branch: ({ branches }, known, say) =>
    branches.forEach(({ filter }, place) =>
      checkFilter(filter, known, (code, details) => say(`branches.${place}.filter`, code, details)),
    ),
  split: ({ parts }, _, say) => {
    const percent = parts.reduce((sum, part) => sum + part.percent, 0);
    if (percent !== 100) say("parts", "not_a_hundred", { percent });
  },
  delay: ({ until }, known, say) => {
    if (until.kind === "happening") checkHappening(until.happening, known, say);
    if (until.kind !== "property") return;
    const type = known.properties.get(until.propertyName)?.type;
    if (until.propertyName === "") say("propertyName", "property_missing");
    else if (type !== "date" && type !== "datetime")
      say("propertyName", "not_a_date_property", { property: until.propertyName });
  },
  notify: ({ to, title }, known, say) => {
    if (title === "") say("title", "title_missing");
    if ("userIds" in to && to.userIds.length === 0) say("to", "nobody_told");
    const gone = "userIds" in to ? to.userIds.filter((userId) => !known.memberIds.has(userId)) : [];
    if (gone.length > 0) say("to", "unknown_user", { users: gone.length });
  },
  webhook: ({ url, properties }, known, say) => {
    if (!isWebAddress(url)) say("url", "address_missing");
    for (const property of properties)
      if (!known.properties.has(property)) say("properties", "unknown_property", { property });
  },
  enroll: ({ workflowId }, known, say) => {
    if (workflowId === "") say("workflowId", "workflow_missing");
    else if (workflowId === known.workflowId) say("workflowId", "same_workflow");
    else if (!known.workflowIds.has(workflowId)) say("workflowId", "unknown_workflow");
  },
};

/** The property, if a step may write it: one value for many contacts cannot be unique. */
function writable(name: string, { properties }: Known, say: (code: string, details: object) => void) {
  const property = properties.get(name);
  if (name === "") say("property_missing", {});
  else if (!property) say("unknown_property", { property: name });
  else if (property.readOnly) say("read_only_property", { property: property.label });
  else if (property.hasUniqueValue || name === "email") say("unique_property", { property: property.label });
  else return property;
  return undefined;
}

function requireProperty(
  field: string,
  name: string,
  { known, say }: { readonly known: Known; readonly say: Say },
): void {
  if (name === "") say(field, "property_missing");
  else if (!known.properties.has(name)) say(field, "unknown_property", { property: name });
}

function requireList(listId: string, { lists }: Known, say: Say): void {
  if (listId === "") say("listId", "list_missing");
  else if (!lists.has(listId)) say("listId", "unknown_list");
}

function requireStatic(listId: string, known: Known, say: Say): void {
  requireList(listId, known, say);
  if (known.lists.get(listId)?.type === "active") say("listId", "active_list");
}

function isWebAddress(text: string): boolean {
  const protocol = URL.canParse(text) ? new URL(text).protocol : "";
  return protocol === "http:" || protocol === "https:";
}
