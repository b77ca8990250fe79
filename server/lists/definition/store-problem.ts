import type { Context } from "#server/platform/context.ts";
import type { Problem } from "../list.ts";
import { storeProblem as store } from "./queries.ts";

/** Notes why a list cannot be worked out; once it can be, everybody is looked at again. */
export function storeProblem(context: Context, listId: string, problem: Problem): Promise<void> {
  return store(context, listId, problem);
}
