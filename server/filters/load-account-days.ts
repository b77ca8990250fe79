import type { Context } from "#server/platform/context.ts";
import { type AccountDays, loadAccountDays as select } from "./queries.ts";

export type { AccountDays };

/** The account's zone and what day it is there: what relative dates of filters count from. */
export function loadAccountDays(context: Context): Promise<AccountDays> {
  return select(context);
}
