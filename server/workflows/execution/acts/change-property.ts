import { createHash } from "node:crypto";
import type { Step } from "#contract/workflow-definition.ts";
import { runEditProperty } from "#server/contacts/bulk/edit-property.ts";
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
  return write(context, run, [{ propertyName, value, contactIds: run.contactIds }]);
}

export function clearProperty(context: Context, run: StepRun<"clear_property">): Promise<StepOutcome[]> {
  const { propertyName } = run.step;
  return write(context, run, [{ propertyName, value: null, contactIds: run.contactIds }]);
}

/** Contacts with the same value are written together; a value that does not fit its new property is left as it is. */
export async function copyProperty(context: Context, run: StepRun<"copy_property">): Promise<StepOutcome[]> {
  const { from, to } = run.step;
  const target = (await loadCatalogue(context)).get(to);
  if (!target) throw new AppError("not_found", "properties:value_problem.unknown_property", { property: to });
  const texts = await selectTexts(context, from, run.contactIds);
  const byValue = new Map<string | null, string[]>();
  const unfit: string[] = [];
  for (const id of run.contactIds) {
    const parsed = parseValue(target, texts.get(id) ?? null);
    if ("problem" in parsed) unfit.push(id);
    else byValue.set(parsed.value, [...(byValue.get(parsed.value) ?? []), id]);
  }
  const writes = [...byValue].map(([value, contactIds]) => ({ propertyName: to, value, contactIds }));
  const outcomes = await write(context, run, writes);
  return unfit.length === 0 ? outcomes : [...outcomes, { outcome: "unfit", contactIds: unfit }];
}

interface Write {
  readonly propertyName: string;
  /** Null clears it. */
  readonly value: string | null;
  readonly contactIds: readonly string[];
}

type Run = Pick<StepRun, "workflow"> & { readonly step: Pick<Step, "id"> };

async function write(
  context: Context,
  { workflow, step }: Run,
  writes: readonly Write[],
): Promise<StepOutcome[]> {
  const done: StepOutcome[] = [];
  for (const { propertyName, value, contactIds } of writes) {
    const params = { property: propertyName, value };
    const kind = "edit_property";
    const part = `${step.id}:${value === null ? "" : digest(value)}`;
    const trickle = await trickleOf(context, { workflow, kind, part, params });
    const { operationId, outcomes } = await trickleInto(context, trickle, (operationId) =>
      runEditProperty(context, {
        operationId,
        number: 0,
        ids: contactIds,
        params,
        sourceType: trickle.sourceType,
        sourceId: trickle.sourceId,
      }),
    );
    done.push(...outcomes.map(({ outcome, contactIds }) => ({ outcome, contactIds, operationId })));
  }
  return done;
}

/** Values may be longer than what an index keeps. */
function digest(value: string): string {
  return createHash("sha256").update(value).digest("base64url");
}
