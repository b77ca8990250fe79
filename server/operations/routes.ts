import * as contract from "#contract/operations.ts";
import { type Route, route } from "#server/platform/route.ts";
import { cancelOperation } from "./cancel-operation.ts";
import { listOperationContacts, listOperations, showOperation } from "./show-operation.ts";
import { undoOperation } from "./undo-operation.ts";

export const routes: Route[] = [
  route(contract.listOperations, "contacts.view", listOperations),
  route(contract.showOperation, "contacts.view", showOperation),
  route(contract.cancelOperation, "contacts.view", cancelOperation),
  route(contract.undoOperation, "contacts.view", undoOperation),
  route(contract.listOperationContacts, "contacts.view", listOperationContacts),
];
