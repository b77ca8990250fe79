import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { createNote, deleteNote, updateNote } from "../notes/change-notes.ts";
import { createContact } from "../record/create-contact.ts";
import { updateContact } from "../record/update-contact.ts";
import { showTimeline } from "./show-timeline.ts";

let database: FreshDatabase;
let context: Context;
beforeAll(async () => {
  database = await freshDatabase();
  context = buildContext(database.db, { accountId: await buildAccount(database.db) });
});
afterAll(() => database.close());

const create = (marketing = false) => createContact(context, { properties: {}, marketing });

describe("notes and timeline", () => {
  test("notes are written, changed and removed", async () => {
    const { id } = await create();
    const note = await createNote(context, { contactId: id, body: "Call in January" });
    await updateNote(context, { contactId: id, noteId: note.id, body: "Call in March" });
    const { entries } = await showTimeline(context, { contactId: id, kinds: "note", limit: 10 });
    expect(entries).toMatchObject([{ kind: "note", body: "Call in March" }]);
    await deleteNote(context, { contactId: id, noteId: note.id });
    const again = deleteNote(context, { contactId: id, noteId: note.id });
    await expect(again).rejects.toMatchObject({ reason: "contacts:note_not_found" });
  });

  test("pages follow each other without gap or repetition, newest first", async () => {
    const { id } = await create(true);
    for (let n = 1; n <= 7; n++) await createNote(context, { contactId: id, body: `Note ${n}` });
    await updateContact(context, { contactId: id, properties: { city: "Lund" } });
    const whole = (await showTimeline(context, { contactId: id, limit: 100 })).entries;
    const paged = [];
    let after: string | null | undefined;
    do {
      const page = await showTimeline(context, { contactId: id, limit: 2, ...(after ? { after } : {}) });
      paged.push(...page.entries);
      after = page.after;
    } while (after);
    expect(paged).toEqual(whole);
    expect(whole.map(({ kind }) => kind).toSorted()).toEqual([
      "change",
      "change",
      ...Array(7).fill("note"),
      "status",
    ]);
    expect(whole.map(({ at }) => at)).toEqual(
      whole
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    await expect(showTimeline(context, { contactId: id, limit: 2, after: "nonsense" })).rejects.toMatchObject(
      {
        code: "invalid_input",
      },
    );
  });
});
