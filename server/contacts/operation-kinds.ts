import { isRoomShort } from "#server/marketing-status/bulk/is-room-short.ts";
import { TYPED_RAISE } from "#server/marketing-status/marketing-status.ts";
import type { OperationKind } from "#server/operations/operation-kind.ts";
import type { Context } from "#server/platform/context.ts";
import { runDeleteContacts, runUndoDeleteContacts } from "./bulk/delete-contacts.ts";
import { runEditProperty, runUndoEditProperty } from "./bulk/edit-property.ts";

/** Bringing back this many marketing contacts raises usage enough to ask for the number. */
function makesManyCount(_: Context, { counting }: Record<string, unknown>): Promise<boolean> {
  return Promise.resolve(Number(counting) >= TYPED_RAISE);
}

export const operationKinds: OperationKind[] = [
  {
    name: "edit_property",
    permission: "contacts.edit",
    writes: ["contact", "property_change"],
    runChunk: runEditProperty,
    undo: { kind: "undo_edit_property", outcomes: ["edited"] },
  },
  {
    name: "undo_edit_property",
    permission: "contacts.edit",
    writes: ["contact", "property_change"],
    runChunk: runUndoEditProperty,
  },
  {
    name: "delete_contacts",
    permission: "contacts.delete",
    writes: ["contact", "contact_email", "deleted_contact", "marketing_contact", "marketing_change"],
    runChunk: runDeleteContacts,
    undo: { kind: "undo_delete_contacts", outcomes: ["deleted"], raises: makesManyCount },
  },
  {
    name: "undo_delete_contacts",
    permission: "contacts.delete",
    inOrder: isRoomShort,
    runChunk: runUndoDeleteContacts,
  },
];
