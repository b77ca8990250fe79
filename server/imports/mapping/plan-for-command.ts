import type { ImportView, Plan, Target } from "#contract/imports.ts";
import { AppError } from "#server/platform/errors.ts";

interface Choices {
  readonly status: Plan["status"];
  readonly mode: Plan["mode"];
  readonly match: string;
  readonly createProperties?: true;
  readonly withoutAddress?: true;
  readonly lastWins?: true;
  readonly includeProtected?: true;
  readonly listId: string | null;
}

/**
 * A plan without anybody to ask: known columns as proposed; unknown ones are left out, or with `--create-properties`
 * become properties of a guessed type.
 */
export function planFor({ shape, plan }: Pick<ImportView, "shape" | "plan">, choices: Choices): Plan {
  if (!shape || !plan) throw new AppError("conflict", "imports:not_checked");
  const columns = plan.columns.map((target, i): Target => {
    if (target.to !== "skip" || !choices.createProperties) return target;
    return {
      to: "new",
      label: (shape.columns[i] ?? `#${i + 1}`).slice(0, 100),
      type: shape.guesses[i] ?? "string",
    };
  });
  return {
    ...plan,
    columns,
    match: choices.match,
    mode: choices.mode,
    status: choices.status,
    withoutAddress: choices.withoutAddress ?? false,
    lastWins: choices.lastWins ?? false,
    includeProtected: choices.includeProtected ?? false,
    listId: choices.listId,
  };
}
