import * as contract from "#contract/marketing-status.ts";
import { type Route, route } from "#server/platform/route.ts";
import { previewStatus } from "./bulk/preview-status.ts";
import { startStatus } from "./bulk/start-status.ts";
import { showUsage } from "./usage/show-usage.ts";

export const routes: Route[] = [
  route(contract.showUsage, "contacts.view", showUsage),
  route(contract.previewStatus, "contacts.view", previewStatus),
  route(contract.startStatus, "marketing-contacts.edit", startStatus),
];
