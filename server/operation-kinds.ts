import { registerErasers } from "./contacts/deletion/erasers.ts";
import { operationKinds as contacts } from "./contacts/operation-kinds.ts";
import { registerFilterSources } from "./filters/filter-sources.ts";
import { eraseFromImports } from "./imports/erasing/erase-from-imports.ts";
import { operationKinds as imports } from "./imports/writing/operation-kinds.ts";
import { listsSource } from "./lists/definition/lists-source.ts";
import { operationKinds as lists } from "./lists/members/operation-kinds.ts";
import { registerListUses } from "./lists/overview/list-uses.ts";
import { operationKinds as calendar } from "./marketing-contacts/calendar/operation-kinds.ts";
import { findListUses as usesByPlans } from "./marketing-contacts/plans/find-list-uses.ts";
import { filterSources as cleanup } from "./marketing-contacts/wizard/filter-sources.ts";
import { operationKinds as marketingStatus } from "./marketing-status/bulk/operation-kinds.ts";
import { registerOperationKinds } from "./operations/operation-kind.ts";
import { findListUses as usesByWorkflows } from "./workflows/builder/find-list-uses.ts";
import { operationKinds as replays } from "./workflows/care/replay-workflow.ts";
import { operationKinds as workflows } from "./workflows/enrollment/start-enrolling.ts";

/** What features add to others, feature by feature in the order of rooms.json. Every front needs it all. */
export function registerKinds(): void {
  registerOperationKinds([
    ...marketingStatus,
    ...contacts,
    ...lists,
    ...calendar,
    ...imports,
    ...workflows,
    ...replays,
  ]);
  registerFilterSources([listsSource, ...cleanup]);
  registerListUses([usesByPlans, usesByWorkflows]);
  registerErasers([eraseFromImports]);
}
