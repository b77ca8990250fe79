import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { requireContact } from "../record/require-contact.ts";
import { deleteNote as deleteRow, insertNote, saveNote } from "./queries.ts";

interface NoteId {
  readonly contactId: string;
  readonly noteId: string;
}

interface NoteBody {
  readonly contactId: string;
  readonly body: string;
}

/** Writes a note on a living contact. */
export function createNote(context: Context, { contactId, body }: NoteBody): Promise<{ id: string }> {
  return inTransaction(context, async (context) => {
    const contact = await requireContact(context, contactId);
    const id = await insertNote(context, { contactId: contact.id, body });
    await recordEvent(context, { type: "note.created", details: { contactId: contact.id, noteId: id } });
    return { id };
  });
}

export function updateNote(context: Context, input: NoteId & NoteBody): Promise<Record<string, never>> {
  return changing(context, input, async (context, contactId) => saveNote(context, { ...input, contactId }));
}

export function deleteNote(context: Context, input: NoteId): Promise<Record<string, never>> {
  return changing(context, input, async (context, contactId) => {
    const deleted = await deleteRow(context, { ...input, contactId });
    await recordEvent(context, { type: "note.deleted", details: { contactId, noteId: input.noteId } });
    return deleted;
  });
}

type Change = (context: Context, contactId: string) => Promise<boolean>;

async function changing(context: Context, { contactId, noteId }: NoteId, change: Change) {
  return inTransaction(context, async (context) => {
    const { id } = await requireContact(context, contactId);
    if (!(await change(context, id))) throw new AppError("not_found", "contacts:note_not_found", { noteId });
    return {};
  });
}
