import { type RawBuilder, sql } from "kysely";
import type { StatusOutcome } from "#contract/workflow-definition.ts";

/** What a workflow calls the outcomes of setting a status. */
export function statusOutcome(outcome: string, reason: string | undefined): StatusOutcome {
  if (outcome === "already_held") return "held";
  if (outcome.startsWith("already")) return "already";
  if (outcome === "skipped") return reason === "pinned" ? "pinned" : "protected";
  if (outcome === "held" || outcome === "refused" || outcome === "paused") return outcome;
  return "set";
}

/** The same in SQL, of columns `outcome` and `reason`. */
export const statusOutcomeOf: RawBuilder<string> = sql<string>`case
  when outcome = 'already_held' then 'held'
  when outcome like 'already%' then 'already'
  when outcome = 'skipped' then case when reason = 'pinned' then 'pinned' else 'protected' end
  when outcome in ('held', 'refused', 'paused') then outcome
  else 'set' end`;
