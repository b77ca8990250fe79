import { createHash } from "node:crypto";
import { runEditProperty, runEditValues } from "#server/contacts/bulk/edit-property.ts";
import type { Chunk, Outcome } from "#server/operations/operation-kind.ts";
import { trickleInto } from "#server/operations/trickle/trickle-into.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { parseValue } from "#server/properties/property-value.ts";
import { selectTexts } from "../../queries.ts";
import type { StepOutcome, StepRun } from "../step-act.ts";
import { trickleOf } from "./trickle-of.ts";

export function setProperty(context: Context, run: StepRun<"set_property">): Promise<StepOutcome[]> {
  const { propertyName, value } = run.step;
  const written = { params: { property: propertyName, value }, part: digest(value), ids: run.contactIds };
  return write(context, run, { ...written, edit: runEditProperty });
}

export function clearProperty(context: Context, run: StepRun<"clear_property">): Promise<StepOutcome[]> {
  const { propertyName } = run.step;
  const written = { params: { property: propertyName, value: null }, part: "", ids: run.contactIds };
  return write(context, run, { ...written, edit: runEditProperty });
}

/** Each contact gets its own value, all by one statement; a value that does not fit its new property stays out. */
export async function copyProperty(context: Context, run: StepRun<"copy_property">): Promise<StepOutcome[]> {
  const { from, to } = run.step;
  const target = (await loadCatalogue(context)).get(to);
  if (!target) throw new AppError("not_found", "properties:value_problem.unknown_property", { property: to });
  const texts = await selectTexts(context, from, run.contactIds);
  const values = new Map<string, string | null>();
  for (const id of run.contactIds) {
    const parsed = parseValue(target, texts.get(id) ?? null);
    if (!("problem" in parsed)) values.set(id, parsed.value);
  }
  const unfit = run.contactIds.filter((id) => !values.has(id));
  const outcomes = await write(context, run, {
    params: { property: to, from },
    part: "copy",
    ids: [...values.keys()],
    edit: (context, chunk) => runEditValues(context, chunk, values),
  });
  return unfit.length === 0 ? outcomes : [...outcomes, { outcome: "unfit", contactIds: unfit }];
}

interface Write {
  readonly params: Readonly<Record<string, string | null>>;
  /** Sets it apart from other changes at the same step. */
  readonly part: string;
  readonly ids: readonly string[];
  readonly edit: (context: Context, chunk: Chunk) => Promise<Outcome[]>;
}

async function write(
  context: Context,
  { workflow, step }: Pick<StepRun, "workflow"> & { readonly step: { readonly id: string } },
  { params, part, ids, edit }: Write,
): Promise<StepOutcome[]> {
  if (ids.length === 0) return [];
  const kind = "edit_property";
  const trickle = await trickleOf(context, { workflow, kind, part: `${step.id}:${part}`, params });
  const { sourceType, sourceId } = trickle;
  const { operationId, outcomes } = await trickleInto(context, trickle, (operationId) =>
    edit(context, { operationId, number: 0, ids, params, sourceType, sourceId }),
  );
  return outcomes.map(({ outcome, contactIds }) => ({ outcome, contactIds, operationId }));
}

/** Values may be longer than what an index keeps. */
function digest(value: string): string {
  return createHash("sha256").update(value).digest("base64url");
}
