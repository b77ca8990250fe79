import type { RawBuilder } from "kysely";
import type { z } from "zod";
import type * as contract from "#contract/marketing-status.ts";
import { nextUpdate } from "#server/billing/load-billing.ts";
import { requireMarketingContacts } from "#server/billing/require-plan.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { requireExpected } from "#server/operations/require-expected.ts";
import { startOperation } from "#server/operations/start-operation.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { loadGrowth } from "../holds/load-growth.ts";
import type { Source } from "../marketing-status.ts";
import { countChanging, roomOf } from "./preview-status.ts";
import { countGroups, operationScope } from "./queries.ts";

type Input = z.output<typeof contract.startStatus.input>;

/** Starts the operation, if it still changes as many contacts as the person confirmed. */
export async function startStatus(context: Context, input: Input): Promise<{ operationId: string }> {
  const { to, includeProtected, expect } = input;
  const filter =
    "ids" in input.selection ? {} : { filter: input.selection.filter, query: input.selection.query };
  const source = { sourceType: "USER_SET", sourceId: context.actor.id } as const;
  return startStatusFor(context, {
    scope: await selectContacts(context, input.selection),
    to,
    includeProtected,
    expect,
    params: filter,
    source,
  });
}

interface StatusOperation {
  readonly scope: RawBuilder<unknown>;
  readonly to: "marketing" | "non_marketing";
  readonly includeProtected: boolean;
  /** How many will change; refused with the true number when it differs. Null: whatever it is. */
  readonly expect: number | null;
  readonly params: Record<string, unknown>;
  readonly source: Source;
}

/** The scope is fixed first and then counted, so that what is done is what was counted. */
export function startStatusFor(
  context: Context,
  operation: StatusOperation,
): Promise<{ operationId: string }> {
  return inTransaction(context, async (context) => {
    const { scope, to, includeProtected, expect } = operation;
    if (to === "marketing") await requireMarketingContacts(context);
    const effectiveAt = to === "non_marketing" ? (await nextUpdate(context)).toISOString() : null;
    const { operationId } = await startOperation(context, {
      kind: to === "marketing" ? "set_marketing" : "set_non_marketing",
      params: { ...operation.params, includeProtected, effectiveAt },
      scope,
      ...operation.source,
    });
    if (expect !== null) {
      const fixed = operationScope(context, operationId);
      const growth = await loadGrowth(context);
      const limits = to === "marketing" ? { room: roomOf(growth), hasHeld: growth.hasHeld } : {};
      const groups = await countGroups(context, { scope: fixed, to, includeProtected, ...limits });
      const actual = countChanging(groups);
      requireExpected(expect, actual);
    }
    return { operationId };
  });
}
