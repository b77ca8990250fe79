import { Button, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { icon } from "../../ui/icons.ts";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { contactName } from "./contact-name.ts";
import { type Contact, useContactChange } from "./contact-queries.ts";
import { MergePreview } from "./merge-preview.tsx";
import classes from "./record.module.css";

interface MergeDialogProps {
  readonly contact: Contact;
  /** The other side, where it is known already. */
  readonly otherId?: string;
  readonly onClose: () => void;
}

/** Finds the other contact, shows what the two would become, and merges them for good. */
export function MergeDialog({ contact, otherId = "", onClose }: MergeDialogProps) {
  const { t } = useTranslation("contact");
  const navigate = useNavigate();
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
      return navigate({ to: "/contacts/$contactId", params: { contactId: id } });
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
      onConfirm={() => merge.mutate(undefined)}
      footer={
        other !== "" && (
          <Button size="lg" variant="subtle" onClick={() => setOther("")}>
            {t("merge.back")}
          </Button>
        )
      }
    >
      {other === "" && <FindContact exceptId={contact.id} onPick={setOther} />}
      {other !== "" && preview.isPending && <LoadingRows />}
      {preview.isError && <ErrorState error={preview.error} />}
      {other !== "" && preview.data && (
        <MergePreview preview={preview.data} onSwap={() => setSwapped(!swapped)} />
      )}
    </ConfirmDialog>
  );
}

interface FindContactProps {
  readonly exceptId: string;
  readonly onPick: (contactId: string) => void;
}

function FindContact({ exceptId, onPick }: FindContactProps) {
  const { t } = useTranslation("contact");
  const [words, setWords] = useState("");
  const [query] = useDebouncedValue(words, 200);
  const found = useQuery({
    queryKey: ["contacts", "find", query],
    queryFn: ({ signal }) =>
      call(
        "POST /api/contacts/search",
        { query, limit: 20, properties: ["firstname", "lastname", "email", "company"] },
        { signal },
      ),
  });
  const others = found.data?.contacts.filter(({ id }) => id !== exceptId) ?? [];
  return (
    <>
      <TextInput
        label={t("merge.find")}
        placeholder={t("merge.findHint")}
        leftSection={<IconSearch {...icon} />}
        data-autofocus
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {found.isError && <ErrorState error={found.error} />}
      <ul className={classes["found"]}>
        {others.map(({ id, properties }) => (
          <li key={id}>
            <UnstyledButton onClick={() => onPick(id)}>
              {contactName(properties) || id}
              <small>{[properties["email"], properties["company"]].filter(Boolean).join(" · ")}</small>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {found.data && others.length === 0 && <p className={classes["empty"]}>{t("merge.nobody")}</p>}
    </>
  );
}
