import { type Context, inTransaction } from "#server/platform/context.ts";
import type { Outcome } from "../operation-kind.ts";
import { addOutcomes, beginTrickle, dropEmpty, findTrickle } from "./queries.ts";
import type { Trickle } from "./trickle.ts";

/** What was done in its name would not be taken back with it: all of it is done again, in the name of the next one. */
const takenBack = () => Object.assign(new Error("The operation has been taken back"), { code: "40001" });

/**
 * The operation that changes of this source belong to, begun when there is none: what comes in little by little can be
 * seen and taken back as one. The work runs in the caller's transaction and says what became of whom. Who is held up
 * because the source is paused comes again, and counts then.
 */
export function trickleInto(
  context: Context,
  trickle: Trickle,
  work: (operationId: string) => Promise<Outcome[]>,
): Promise<{ operationId: string; outcomes: Outcome[] }> {
  return inTransaction(context, async (context) => {
    const operationId = (await findTrickle(context, trickle)) ?? (await beginTrickle(context, trickle));
    const outcomes = await work(operationId);
    const decided = outcomes.filter(({ outcome }) => outcome !== "paused");
    if (decided.length === 0) await dropEmpty(context, operationId);
    else if (!(await addOutcomes(context, operationId, decided))) throw takenBack();
    return { operationId, outcomes };
  });
}
