import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reply } from "../../api.ts";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import type { Contact } from "./contact-queries.ts";
import { MergeDialog } from "./merge-dialog.tsx";
import classes from "./record.module.css";
import { RestoreButton } from "./restore-button.tsx";

type Taken = Reply<"POST /api/contacts/:contactId/restore">["taken"];

interface DeletedBannerProps {
  readonly contact: Contact;
  readonly deletedAt: string;
  readonly onRestored: (taken: Taken) => void;
}

/** Above a deleted contact: until when it can come back. */
export function DeletedBanner({ contact, deletedAt, onRestored }: DeletedBannerProps) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  return (
    <div className={classes["banner"]}>
      <Note
        title={t("deleted.title", { date: format.dateLong(deletedAt) })}
        actions={
          <RestoreButton contactId={contact.id} counts={contact.countsWhenRestored} onRestored={onRestored} />
        }
      >
        {contact.purgedAt && t("deleted.until", { date: format.dateLong(contact.purgedAt) })}
      </Note>
    </div>
  );
}

interface TakenBannerProps {
  readonly contact: Contact;
  readonly taken: Taken;
}

/** After a restore without addresses that others have: the offer to merge with who has them. */
export function TakenBanner({ contact, taken }: TakenBannerProps) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const [merging, setMerging] = useState(false);
  const [first] = taken;
  if (!first) return null;
  return (
    <div className={classes["banner"]}>
      <Note
        title={t("deleted.taken", {
          count: taken.length,
          emails: format.list(taken.map(({ email }) => email)),
        })}
        actions={
          <Button variant="default" onClick={() => setMerging(true)}>
            {t("deleted.merge")}
          </Button>
        }
      >
        {t("deleted.takenHelp")}
      </Note>
      {merging && (
        <MergeDialog contact={contact} otherId={first.contactId} onClose={() => setMerging(false)} />
      )}
    </div>
  );
}
