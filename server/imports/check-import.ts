import type { ImportView, Plan, Target } from "#contract/imports.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { requireType } from "#server/lists/definition/require-list.ts";
import { type Context, inTransaction, requirePermission } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { enqueue } from "#server/platform/job.ts";
import { createProperty } from "#server/properties/create-property.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { type Catalogue, fieldTypes } from "#server/properties/property.ts";
import { loadImport } from "./load-import.ts";
import { isImportable } from "./mapping/propose-targets.ts";
import { beginReading } from "./queries.ts";
import { showImport } from "./show-import.ts";

interface Check {
  readonly importId: string;
  readonly plan: Plan;
}

/** Fixes the plan, makes the properties it asks for, and has the file read from beginning to end. */
export async function checkImport(context: Context, check: Check): Promise<ImportView> {
  await planImport(context, check, { enqueued: true });
  return showImport(context, check);
}

/** The same without a job: who calls reads the file. */
export async function planImport(
  context: Context,
  { importId, plan }: Check,
  { enqueued }: { enqueued: boolean },
): Promise<void> {
  if (plan.status !== "nobody") requirePermission(context, "marketing-contacts.edit");
  if (plan.listId !== null) {
    requirePermission(context, "lists.edit");
    await requireType(context, plan.listId, "static");
  }
  await inTransaction(context, async (context) => {
    const row = await loadImport(context, importId);
    const catalogue = await loadCatalogue(context);
    requireSense(plan, catalogue, row.shape?.columns.length ?? 0);
    const columns = await makeProperties(context, plan.columns);
    if (!(await beginReading(context, importId, { ...plan, columns })))
      throw new AppError("conflict", "imports:already_started", { importId });
    await recordEvent(context, { type: "import.checked", details: { importId } });
    if (enqueued)
      await enqueue(context, {
        name: "imports.read",
        payload: { importId },
        key: `imports.read:${importId}`,
      });
  });
}

/** Refuses a plan that contradicts the file, the properties or itself. */
function requireSense(plan: Plan, catalogue: Catalogue, columns: number): void {
  if (plan.columns.length !== columns) {
    throw new AppError("invalid_input", "imports:plan_columns", { columns, given: plan.columns.length });
  }
  if (plan.columns.every(({ to }) => to === "skip"))
    throw new AppError("invalid_input", "imports:plan_empty");
  const seen = new Set<string>();
  for (const target of plan.columns) requireTarget(target, catalogue, seen);
  requireMatch(plan, catalogue, seen);
  if (plan.status === "column" && !seen.has(":status") && !seen.has(":until")) {
    throw new AppError("invalid_input", "imports:plan_no_status");
  }
}

function requireTarget(target: Target, catalogue: Catalogue, seen: Set<string>): void {
  if (target.to === "skip" || target.to === "new") return;
  const name = target.to === "property" ? target.name : `:${target.to}`;
  if (seen.has(name)) {
    throw new AppError("invalid_input", "imports:plan_twice", { property: labelOf(target, catalogue) });
  }
  seen.add(name);
  if (target.to !== "property") return;
  const property = catalogue.get(target.name);
  if (!property) throw new AppError("invalid_input", "imports:plan_unknown", { property: target.name });
  if (!isImportable(property)) {
    throw new AppError("invalid_input", "imports:plan_read_only", { property: property.label });
  }
}

function requireMatch({ match, mode }: Plan, catalogue: Catalogue, seen: ReadonlySet<string>): void {
  const property = catalogue.get(match)?.label ?? match;
  if (!isUnique(match, catalogue)) throw new AppError("invalid_input", "imports:plan_match", { property });
  const mapped = seen.has(match === "id" ? ":id" : match);
  // People without addresses can be created by a file that has no address column at all.
  const needless = mode === "create" && match === "email";
  if (!mapped && !needless) throw new AppError("invalid_input", "imports:plan_match_missing", { property });
}

function isUnique(match: string, catalogue: Catalogue): boolean {
  if (match === "id" || match === "email") return true;
  const property = catalogue.get(match);
  return property !== undefined && property.hasUniqueValue && !property.builtIn;
}

function labelOf(target: Target, catalogue: Catalogue): string {
  return target.to === "property" ? (catalogue.get(target.name)?.label ?? target.name) : target.to;
}

async function makeProperties(context: Context, columns: readonly Target[]): Promise<Target[]> {
  const made: Target[] = [];
  for (const target of columns) {
    if (target.to !== "new") {
      made.push(target);
      continue;
    }
    requirePermission(context, "properties.edit");
    const type = target.type === "enumeration" ? "string" : target.type;
    const { name } = await createProperty(context, {
      label: target.label,
      description: "",
      groupName: "contactinformation",
      type,
      fieldType: fieldTypes[type][0],
      options: [],
      hasUniqueValue: false,
    });
    made.push({ to: "property", name });
  }
  return made;
}
