import * as contract from "#contract/wizard.ts";
import { type Route, route } from "#server/platform/route.ts";
import { carryOutDraft } from "./carry-out-draft.ts";
import { countCleanup } from "./count-choice.ts";
import { countCleanupGroups } from "./count-groups.ts";
import { reviewDraft } from "./review-choice.ts";
import { deleteCleanupDraft, openCleanupDraft, saveCleanupDraft, showCleanupDraft } from "./save-draft.ts";

export const routes: Route[] = [
  route(contract.openCleanupDraft, "marketing-contacts.edit", openCleanupDraft),
  route(contract.showCleanupDraft, "marketing-contacts.edit", showCleanupDraft),
  route(contract.saveCleanupDraft, "marketing-contacts.edit", saveCleanupDraft),
  route(contract.deleteCleanupDraft, "marketing-contacts.edit", deleteCleanupDraft),
  route(contract.countCleanupGroups, "marketing-contacts.edit", countCleanupGroups),
  route(contract.countCleanup, "marketing-contacts.edit", countCleanup),
  route(contract.reviewCleanupDraft, "marketing-contacts.edit", reviewDraft),
  route(contract.carryOutCleanupDraft, "marketing-contacts.edit", carryOutDraft),
];
