import { TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { icon } from "../../ui/icons.ts";
import { ErrorState } from "../../ui/states.tsx";
import { contactName } from "./contact-name.ts";
import classes from "./record.module.css";

interface FindContactProps {
  /** Not offered. */
  readonly exceptId?: string;
  readonly label: string;
  readonly onPick: (contactId: string) => void;
}

/** Searches for one contact by name or e-mail. */
export function FindContact({ exceptId, label, onPick }: FindContactProps) {
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
        label={label}
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
