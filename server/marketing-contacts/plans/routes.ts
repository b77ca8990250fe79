import * as contract from "#contract/cleanup-plans.ts";
import { type Route, route } from "#server/platform/route.ts";
import { changeReminder, showReminder } from "../reminders/change-reminder.ts";
import { listReceipts } from "../reminders/send-receipts.ts";
import { listPlans } from "./list-plans.ts";
import { previewPlan, runPlanNow } from "./run-now.ts";
import { changePlan, createPlan, deletePlan, skipRun, takeOverPlan } from "./save-plan.ts";

const access = "marketing-contacts.edit";

export const routes: Route[] = [
  route(contract.listCleanupPlans, access, listPlans),
  route(contract.createCleanupPlan, access, createPlan),
  route(contract.changeCleanupPlan, access, changePlan),
  route(contract.deleteCleanupPlan, access, deletePlan),
  route(contract.takeOverCleanupPlan, access, takeOverPlan),
  route(contract.skipCleanupRun, access, skipRun),
  route(contract.reviewCleanupPlan, access, previewPlan),
  route(contract.runCleanupPlan, access, runPlanNow),
  route(contract.showCleanupReminder, access, showReminder),
  route(contract.changeCleanupReminder, access, changeReminder),
  route(contract.listCleanupReceipts, access, listReceipts),
];
