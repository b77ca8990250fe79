import * as contract from "#contract/usage.ts";
import { type Route, route } from "#server/platform/route.ts";
import { showForecast } from "./show-forecast.ts";
import { showMoment } from "./show-moment.ts";
import { listChangeContacts, showUsageChanges } from "./show-usage-changes.ts";
import { showUsageHistory } from "./show-usage-history.ts";

export const routes: Route[] = [
  route(contract.showUsageHistory, "contacts.view", showUsageHistory),
  route(contract.showForecast, "contacts.view", showForecast),
  route(contract.showMoment, "contacts.view", showMoment),
  route(contract.showUsageChanges, "contacts.view", showUsageChanges),
  route(contract.listChangeContacts, "contacts.view", listChangeContacts),
];
