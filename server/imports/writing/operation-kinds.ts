import { removeAddedBy } from "#server/lists/members/change-members.ts";
import { isRoomShort } from "#server/marketing-status/bulk/is-room-short.ts";
import type { OperationKind } from "#server/operations/operation-kind.ts";
import { loadOperation } from "#server/operations/show-operation.ts";
import type { Context } from "#server/platform/context.ts";
import { enqueue } from "#server/platform/job.ts";
import { importOfOperation, selectImport } from "../queries.ts";
import { dropStaging, stagingExists, stagingHasRows } from "../staging/queries.ts";
import { stageFile } from "../staging/read-import.ts";
import { undoRows } from "./undo-rows.ts";
import { writeRows } from "./write-rows.ts";

/** A crash of the database server empties unlogged tables: then the file is read again before the writing goes on. */
async function restoreStaging(context: Context, params: Record<string, unknown>): Promise<void> {
  const importId = String(params["importId"]);
  if ((await stagingExists(context, importId)) && (await stagingHasRows(context, importId))) return;
  const row = await selectImport(context, importId);
  if (row) await stageFile(context, row);
}

/** Only an import that raises nobody, or whose raises all have room, may write two chunks at a time. */
async function raisesInOrder(
  context: Context,
  { params, total }: { params: Record<string, unknown>; total: number },
): Promise<boolean> {
  const row = await selectImport(context, String(params["importId"]));
  return row?.plan?.status !== "nobody" && isRoomShort(context, { total });
}

async function finishImport(context: Context, operationId: string): Promise<void> {
  const importId = await importOfOperation(context, operationId);
  if (importId === undefined) return;
  await dropStaging(context, importId);
  await enqueue(context, {
    name: "imports.fetch-texts",
    payload: { importId },
    key: `imports.fetch-texts:${importId}`,
  });
}

/** Off the list that the import put them on, also those whose values it left as they were. */
async function finishUndo(context: Context, operationId: string): Promise<void> {
  const { params } = await loadOperation(context, operationId);
  const row = await selectImport(context, String(params["importId"]));
  const listId = row?.plan?.listId ?? null;
  if (listId !== null)
    await removeAddedBy(context, { listId, addedBy: String(params["undoneId"]), operationId });
}

export const operationKinds: OperationKind[] = [
  {
    name: "import",
    permission: "contacts.import",
    writes: [
      "contact",
      "contact_email",
      "property_change",
      "marketing_contact",
      "marketing_change",
      "held_raise",
    ],
    prepare: restoreStaging,
    inOrder: raisesInOrder,
    runChunk: writeRows,
    finish: finishImport,
    undo: { kind: "undo_import", outcomes: ["created", "updated"] },
  },
  {
    name: "undo_import",
    permission: "contacts.import",
    inOrder: isRoomShort,
    runChunk: undoRows,
    finish: finishUndo,
  },
];
