import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { useOnward } from "../../ui/use-still-here.ts";
import { contactName } from "./contact-name.ts";
import { type Contact, useContactChange } from "./contact-queries.ts";
import { FindContact } from "./find-contact.tsx";
import { MergePreview } from "./merge-preview.tsx";

interface MergeDialogProps {
  readonly contact: Contact;
  /** The other side, where it is known already. */
  readonly otherId?: string;
  readonly onClose: () => void;
}

/** Finds the other contact, shows what the two would become, and merges them for good. */
export function MergeDialog({ contact, otherId = "", onClose }: MergeDialogProps) {
  const { t } = useTranslation("contact");
  const onward = useOnward();
  const [other, setOther] = useState(otherId);
  const [swapped, setSwapped] = useState(false);
  const sides = swapped ? { winnerId: other, loserId: contact.id } : { winnerId: contact.id, loserId: other };
  const preview = useQuery({
    queryKey: ["contact", "merge", sides],
    queryFn: ({ signal }) => call("POST /api/contacts/merge/preview", sides, { signal }),
    enabled: other !== "",
  });
  const merge = useContactChange(() => call("POST /api/contacts/merge", sides), {
    done: () => t("merge.done"),
    onDone: ({ id }) => {
      onClose();
      return onward({ to: "/contacts/$contactId", params: { contactId: id } });
    },
  });
  return (
    <ConfirmDialog
      opened
      destructive
      onClose={onClose}
      title={t("merge.title")}
      subtitle={contactName(contact.properties)}
      verb={t("merge.verb")}
      blocked={!preview.data}
      busy={merge.isPending}
      error={merge.error}
      tick={t("merge.tick")}
      subject={`${sides.winnerId} ${sides.loserId}`}
      onConfirm={() => merge.mutate(undefined)}
      footer={
        other !== "" && (
          <Button size="lg" variant="subtle" onClick={() => setOther("")}>
            {t("merge.back")}
          </Button>
        )
      }
    >
      {other === "" && <FindContact label={t("merge.find")} exceptId={contact.id} onPick={setOther} />}
      {other !== "" && preview.isPending && <LoadingRows />}
      {preview.isError && <ErrorState error={preview.error} />}
      {other !== "" && preview.data && (
        <MergePreview preview={preview.data} onSwap={() => setSwapped(!swapped)} />
      )}
    </ConfirmDialog>
  );
}
