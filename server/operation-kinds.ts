import { operationKinds as marketingStatus } from "./marketing-status/bulk/operation-kinds.ts";
import { registerOperationKinds } from "./operations/operation-kind.ts";

/** The kinds of bulk change, feature by feature in the order of rooms.json. Every front needs them all. */
export function registerKinds(): void {
  registerOperationKinds([...marketingStatus]);
}
