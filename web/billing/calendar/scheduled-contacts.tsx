import { Checkbox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { PagedList } from "../../ui/paged-list.tsx";
import people from "../../ui/people-list.module.css";
import { PersonName } from "../../ui/person-name.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { type DatePart, scheduledQuery } from "./calendar-queries.ts";

interface ScheduledContactsProps {
  readonly part: DatePart | null;
  readonly onClose: () => void;
  readonly onCancel: (part: DatePart & { readonly ids: string[] }) => void;
}

/** Who waits; some of them can be ticked and kept. */
export function ScheduledContacts({ part, onClose, onCancel }: ScheduledContactsProps) {
  const { t } = useTranslation("calendar");
  const format = useFormat();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const close = () => {
    setChosen([]);
    onClose();
  };
  return (
    <SidePanel
      opened={part !== null}
      onClose={close}
      title={t("contacts.title")}
      {...(part !== null && { above: format.date(part.instant) })}
      footer={
        <GuardedButton
          size="lg"
          permission="marketing-contacts.edit"
          reason={chosen.length === 0 ? t("contacts.choose") : undefined}
          onClick={() => {
            if (part !== null) onCancel({ ...part, ids: [...chosen] });
            close();
          }}
        >
          {t("contacts.cancel", { count: chosen.length })}
        </GuardedButton>
      }
    >
      {part !== null && <Contacts part={part} chosen={chosen} onChoose={setChosen} />}
    </SidePanel>
  );
}

interface ContactsProps {
  readonly part: DatePart;
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
}

function Contacts({ part, chosen, onChoose }: ContactsProps) {
  const { t } = useTranslation("calendar");
  const query = useInfiniteQuery(scheduledQuery(part));
  return (
    <PagedList query={query} more={t("contacts.more")} className={people["people"]}>
      {({ contacts }) =>
        contacts.map((person) => (
          <li key={person.id}>
            <Checkbox
              aria-label={person.name || person.email || person.id}
              checked={chosen.includes(person.id)}
              onChange={(event) =>
                onChoose(
                  event.currentTarget.checked
                    ? [...chosen, person.id]
                    : chosen.filter((other) => other !== person.id),
                )
              }
            />
            <PersonName person={person} />
          </li>
        ))
      }
    </PagedList>
  );
}
