import * as care from "#contract/workflow-care.ts";
import * as history from "#contract/workflow-history.ts";
import * as contract from "#contract/workflows.ts";
import { type Route, route } from "#server/platform/route.ts";
import {
  cloneWorkflow,
  createWorkflow,
  deleteWorkflow,
  renameWorkflow,
  saveDraft,
} from "./builder/change-workflow.ts";
import { listWorkflows } from "./builder/list-workflows.ts";
import { priceWorkflow } from "./builder/price-workflow.ts";
import { listVersions, showWorkflow } from "./builder/show-workflow.ts";
import { testWorkflow } from "./builder/test-workflow.ts";
import { takeOverWorkflow, turnOffWorkflow, turnOnWorkflow } from "./builder/turn-on.ts";
import { changeSettings, showSettings } from "./care/forget-history.ts";
import { replayWorkflow } from "./care/replay-workflow.ts";
import { resumeWorkflow } from "./care/resume-workflow.ts";
import { showWebhookSecret } from "./care/show-webhook-secret.ts";
import { startEnrolling } from "./enrollment/start-enrolling.ts";
import { retryParked, unenroll } from "./history/retry-parked.ts";
import { listContactWorkflows, listEnrollments, listHistory, showNumbers } from "./history/show-history.ts";

export const routes: Route[] = [
  route(contract.listWorkflows, "contacts.view", listWorkflows),
  route(contract.createWorkflow, "workflows.edit", createWorkflow),
  route(contract.showWorkflow, "contacts.view", showWorkflow),
  route(contract.renameWorkflow, "workflows.edit", renameWorkflow),
  route(contract.saveDraft, "workflows.edit", saveDraft),
  route(contract.cloneWorkflow, "workflows.edit", cloneWorkflow),
  route(contract.deleteWorkflow, "workflows.edit", deleteWorkflow),
  route(contract.turnOnWorkflow, "workflows.edit", turnOnWorkflow),
  route(contract.turnOffWorkflow, "workflows.edit", turnOffWorkflow),
  route(contract.takeOverWorkflow, "workflows.edit", takeOverWorkflow),
  route(contract.resumeWorkflow, "workflows.edit", resumeWorkflow),
  route(contract.listWorkflowVersions, "contacts.view", listVersions),
  route(contract.priceWorkflow, "contacts.view", priceWorkflow),
  route(contract.testWorkflow, "contacts.view", testWorkflow),
  route(contract.enrollInWorkflow, "workflows.edit", startEnrolling),
  route(contract.unenrollFromWorkflow, "workflows.edit", unenroll),
  route(history.listEnrollments, "contacts.view", listEnrollments),
  route(history.listWorkflowHistory, "contacts.view", listHistory),
  route(history.showWorkflowNumbers, "contacts.view", showNumbers),
  route(care.replayWorkflow, "workflows.edit", replayWorkflow),
  route(care.showWorkflowSettings, "contacts.view", showSettings),
  route(care.changeWorkflowSettings, "workflows.edit", changeSettings),
  route(care.showWebhookSecret, "workflows.edit", showWebhookSecret),
  route(history.retryParked, "workflows.edit", retryParked),
  route(history.listContactWorkflows, "contacts.view", listContactWorkflows),
];
