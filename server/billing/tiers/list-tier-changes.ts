import type { z } from "zod";
import type { listTierChanges as endpoint } from "#contract/plans.ts";
import { nameActors } from "#server/operations/name-actors.ts";
import type { Context } from "#server/platform/context.ts";
import { loadBilling } from "../load-billing.ts";
import { selectTierChanges } from "./queries.ts";

type Change = z.input<typeof endpoint.reply>["changes"][number];

/** Every change of tier and plan, newest first: when, why, who, from what to what, and the month's price. */
export async function listTierChanges(context: Context): Promise<z.input<typeof endpoint.reply>> {
  const changes = await selectTierChanges(context);
  const { calendar } = await loadBilling(context);
  const references = changes.map(({ actorType, actorId }) => ({ type: actorType, id: actorId }));
  const nameOf = await nameActors(context, references);
  return {
    timeZone: calendar.timeZone,
    changes: changes.map(({ at, recordedAt, actorType, actorId, ...change }) => ({
      ...change,
      at: at.toISOString(),
      recordedAt: recordedAt.toISOString(),
      actor: {
        type: actorType as Change["actor"]["type"],
        id: actorId,
        name: nameOf({ type: actorType, id: actorId }),
      },
    })),
  };
}
