import * as contract from "#contract/marketing-contacts.ts";
import { type Route, route } from "#server/platform/route.ts";
import { showCleaning } from "./show-cleaning.ts";
import { showHome } from "./show-home.ts";

export const routes: Route[] = [
  route(contract.showHome, "contacts.view", showHome),
  route(contract.showCleaning, "contacts.view", showCleaning),
];
