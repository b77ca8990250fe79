import type { Plan, Target } from "#contract/imports.ts";
import type { Context } from "#server/platform/context.ts";
import type { Catalogue } from "#server/properties/property.ts";
import { selectRememberedPlans } from "../queries.ts";
import type { FileLocale } from "../reading/file-locale.ts";
import { columnKey } from "./column-words.ts";
import { proposeTargets } from "./propose-targets.ts";

interface Proposing {
  readonly columns: readonly string[];
  readonly catalogue: Catalogue;
  readonly locale: FileLocale;
}

/** A plan to start from: what the columns probably are, matched by e-mail, nobody set as marketing. */
export async function proposePlan(
  context: Context,
  { columns, catalogue, locale }: Proposing,
): Promise<Plan> {
  const remembered = new Map<string, Target>();
  for (const earlier of await selectRememberedPlans(context)) {
    earlier.columns.forEach((column, i) => {
      const key = columnKey(column);
      const target = earlier.plan.columns[i];
      if (target && target.to !== "skip" && !remembered.has(key)) remembered.set(key, target);
    });
  }
  return {
    columns: proposeTargets(columns, { catalogue, remembered }),
    match: "email",
    mode: "both",
    status: "nobody",
    includeProtected: false,
    withoutAddress: false,
    lastWins: false,
    decimal: locale.decimal,
    dateOrder: locale.dateOrder,
    listId: null,
  };
}
