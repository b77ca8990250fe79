import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { useMe } from "../../session.ts";
import { FormError } from "../../ui/states.tsx";
import { type Contact, type Entry, useContactChange } from "./contact-queries.ts";
import classes from "./record.module.css";

interface NoteFormProps {
  readonly contactId: string;
  /** The note to change; without it a new one. */
  readonly note?: { readonly id: string; readonly body: string };
  readonly onClose: () => void;
}

export function NoteForm({ contactId, note, onClose }: NoteFormProps) {
  const { t } = useTranslation("contact");
  const [body, setBody] = useState(note?.body ?? "");
  const save = useContactChange<string, unknown>(
    (text) =>
      note
        ? call("PATCH /api/contacts/:contactId/notes/:noteId", { contactId, noteId: note.id, body: text })
        : call("POST /api/contacts/:contactId/notes", { contactId, body: text }),
    { onDone: onClose },
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (body.trim() !== "") save.mutate(body);
  };
  return (
    <form
      className={classes["note"]}
      onSubmit={onSubmit}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <Textarea
        label={t("note.title")}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={65_536}
        autoFocus
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <FormError error={save.error} />
      <div className={classes["buttons"]}>
        <Button size="sm" type="submit" loading={save.isPending} disabled={body.trim() === ""}>
          {t("note.save")}
        </Button>
        <Button size="sm" variant="subtle" onClick={onClose}>
          {t("ui:cancel")}
        </Button>
      </div>
    </form>
  );
}

interface NoteBodyProps {
  readonly contact: Contact;
  readonly entry: Entry;
}

/** A note where it stands in the timeline, with what can be done to it. */
export function NoteBody({ contact, entry }: NoteBodyProps) {
  const { t } = useTranslation("contact");
  const { can } = useMe();
  const [editing, setEditing] = useState(false);
  const note = { id: entry.id, body: entry.body ?? "" };
  const remove = useContactChange(
    () => call("DELETE /api/contacts/:contactId/notes/:noteId", { contactId: contact.id, noteId: entry.id }),
    { done: () => t("note.deleted"), toastError: true },
  );
  if (editing) return <NoteForm contactId={contact.id} note={note} onClose={() => setEditing(false)} />;
  return (
    <>
      {note.body}
      {can("contacts.edit") && contact.deletedAt === null && (
        <div className={classes["noteEnd"]}>
          <Button size="sm" variant="subtle" onClick={() => setEditing(true)}>
            {t("note.edit")}
          </Button>
          <Button
            size="sm"
            variant="subtle"
            loading={remove.isPending}
            onClick={() => remove.mutate(undefined)}
          >
            {t("note.delete")}
          </Button>
        </div>
      )}
    </>
  );
}
