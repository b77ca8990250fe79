import { operationKinds as contacts } from "./contacts/operation-kinds.ts";
import { operationKinds as imports } from "./imports/writing/operation-kinds.ts";
import { operationKinds as marketingStatus } from "./marketing-status/bulk/operation-kinds.ts";
import { registerOperationKinds } from "./operations/operation-kind.ts";

/** The kinds of bulk change, feature by feature in the order of rooms.json. Every front needs them all. */
export function registerKinds(): void {
  registerOperationKinds([...marketingStatus, ...contacts, ...imports]);
}
