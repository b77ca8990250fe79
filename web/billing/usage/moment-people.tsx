import { UnstyledButton } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Reply } from "../../api.ts";
import { smallIcon } from "../../ui/icons.ts";
import { PagedList } from "../../ui/paged-list.tsx";
import people from "../../ui/people-list.module.css";
import { PersonName } from "../../ui/person-name.tsx";
import { scheduledQuery } from "../calendar/calendar-queries.ts";
import { ChangedPeople } from "./change-contacts.tsx";
import classes from "./usage.module.css";

export type Moment = Reply<"GET /api/usage/moment">;
export type MomentLine = Moment["lines"][number];

interface MomentPeopleProps {
  readonly line: MomentLine;
  readonly span: Moment["span"];
  /** What the line says. */
  readonly name: string;
  readonly onBack: () => void;
}

/** The contacts behind one line of the meter: who moved since then, or who waits to leave until then. */
export function MomentPeople({ line, span, name, onBack }: MomentPeopleProps) {
  const { t } = useTranslation("usage");
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  return (
    <>
      <UnstyledButton ref={back} className={classes["back"] ?? ""} onClick={onBack}>
        <IconArrowLeft {...smallIcon} />
        {t("moment.back")}
      </UnstyledButton>
      <h3 className={classes["behind"]}>{name}</h3>
      {span === null ? <Leaving line={line} /> : <ChangedPeople span={{ line, ...span }} />}
    </>
  );
}

function Leaving({ line: { at, operationId } }: Pick<MomentPeopleProps, "line">) {
  const { t } = useTranslation("usage");
  const part = { instant: at ?? "", operationId: operationId ?? "alone" };
  const query = useInfiniteQuery(scheduledQuery(part));
  return (
    <PagedList query={query} more={t("contacts.more")} className={people["people"]}>
      {({ contacts }) =>
        contacts.map((person) => (
          <li key={person.id}>
            <PersonName person={person} />
          </li>
        ))
      }
    </PagedList>
  );
}
