import type { OperationKind } from "#server/operations/operation-kind.ts";
import { runDeleteContacts, runUndoDeleteContacts } from "./bulk/delete-contacts.ts";
import { runEditProperty, runUndoEditProperty } from "./bulk/edit-property.ts";

export const operationKinds: OperationKind[] = [
  {
    name: "edit_property",
    permission: "contacts.edit",
    runChunk: runEditProperty,
    undo: { kind: "undo_edit_property", outcomes: ["edited"] },
  },
  { name: "undo_edit_property", permission: "contacts.edit", runChunk: runUndoEditProperty },
  {
    name: "delete_contacts",
    permission: "contacts.delete",
    runChunk: runDeleteContacts,
    undo: { kind: "undo_delete_contacts", outcomes: ["deleted"] },
  },
  { name: "undo_delete_contacts", permission: "contacts.delete", runChunk: runUndoDeleteContacts },
];
