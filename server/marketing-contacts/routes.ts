import * as contract from "#contract/marketing-contacts.ts";
import * as review from "#contract/review.ts";
import { type Route, route } from "#server/platform/route.ts";
import { countHeld, listHeld } from "./review/list-held.ts";
import { showCleaning } from "./show-cleaning.ts";
import { showHome } from "./show-home.ts";

export const routes: Route[] = [
  route(contract.showHome, "contacts.view", showHome),
  route(contract.showCleaning, "contacts.view", showCleaning),
  route(review.listHeld, "billing.view", listHeld),
  route(review.countHeld, "billing.view", countHeld),
];
