import * as contract from "#contract/contacts-index.ts";
import { type Route, route } from "#server/platform/route.ts";
import { listViews } from "../views/list-views.ts";
import { createView, deleteView, orderViews, updateView } from "../views/save-view.ts";
import { countContacts } from "./count-contacts.ts";
import { listFilterSources } from "./list-filter-sources.ts";
import { searchContacts } from "./search-contacts.ts";

export const routes: Route[] = [
  route(contract.searchContacts, "contacts.view", searchContacts),
  route(contract.countContacts, "contacts.view", countContacts),
  route(contract.listFilterSources, "contacts.view", listFilterSources),
  route(contract.listViews, "contacts.view", listViews),
  route(contract.createView, "contacts.view", createView),
  route(contract.updateView, "contacts.view", updateView),
  route(contract.deleteView, "contacts.view", deleteView),
  route(contract.orderViews, "contacts.view", orderViews),
];
