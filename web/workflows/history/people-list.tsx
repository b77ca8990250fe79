import { Checkbox } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../session.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";
import { useFormat } from "../../ui/format.ts";
import { EmptyState } from "../../ui/states.tsx";
import type { EnrollmentState } from "../workflow-search.ts";
import { ContactLink } from "./contact-link.tsx";
import classes from "./history.module.css";
import { type Enrollment, peopleQuery } from "./history-queries.ts";
import { given, Paged } from "./paged.tsx";
import { PeopleBar } from "./people-bar.tsx";
import type { RecordsProps } from "./records-props.ts";
import type { StepLookup } from "./use-step-lookup.ts";
import { WhenNext } from "./when-next.tsx";

interface ListProps extends RecordsProps {
  readonly busy: boolean;
}

/** Who is or was in the workflow, newest first; those inside can be chosen and let try again or taken out. */
export function PeopleList(props: ListProps) {
  const { workflowId, busy } = props;
  const { state, step, query } = props.history.view;
  const wanted = given({ state, step, query });
  const people = useInfiniteQuery(peopleQuery({ workflowId, ...wanted }, busy));
  return (
    <Paged query={people}>
      {(pages) => {
        const rows = pages.flatMap(({ enrollments }) => enrollments);
        if (rows.length === 0) return <Nobody filtered={Object.keys(wanted).length > 0} />;
        return <People {...props} rows={rows} hasMore={people.hasNextPage} />;
      }}
    </Paged>
  );
}

interface PeopleProps extends RecordsProps {
  readonly rows: readonly Enrollment[];
  readonly hasMore: boolean;
}

function People({ rows, hasMore, ...props }: PeopleProps) {
  const { can } = useMe();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const inside = can("workflows.edit") ? rows.filter(({ endedAt }) => endedAt === null) : [];
  const offered = inside.length > 0 || props.history.view.state === "parked";
  return (
    <>
      {offered && (
        <PeopleBar {...props} people={inside} chosen={chosen} onChoose={setChosen} hasMore={hasMore} />
      )}
      <ul className={classes["people"]}>
        {rows.map((person) => (
          <Person key={person.id} person={person} lookup={props.lookup}>
            {inside.length > 0 && <Tick person={person} chosen={chosen} onChoose={setChosen} />}
          </Person>
        ))}
      </ul>
    </>
  );
}

function Nobody({ filtered }: { readonly filtered: boolean }) {
  const { t } = useTranslation("workflow-history");
  if (filtered) return <p className={classes["quiet"]}>{t("people.noMatch")}</p>;
  return (
    <EmptyState icon={IconUsers} title={t("people.empty")}>
      {t("people.emptyText")}
    </EmptyState>
  );
}

interface TickProps {
  readonly person: Enrollment;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

function Tick({ person: { id, contact, endedAt }, chosen, onChoose }: TickProps) {
  const { t } = useTranslation("workflow-history");
  const disabled = endedAt !== null;
  return (
    <Checkbox
      aria-label={t("people.choose", { name: contact.name || contact.id })}
      checked={chosen.has(id) && !disabled}
      disabled={disabled}
      onChange={({ currentTarget: { checked } }) =>
        onChoose(new Set(checked ? [...chosen, id] : [...chosen].filter((each) => each !== id)))
      }
    />
  );
}

export const stateTones: Record<EnrollmentState, Tone> = {
  active: "running",
  waiting: "none",
  retrying: "waiting",
  parked: "bad",
  finished: "good",
  left: "plain",
};

interface PersonProps {
  readonly person: Enrollment;
  readonly lookup: StepLookup;
  readonly children: ReactNode;
}

function Person({ person, lookup, children }: PersonProps) {
  const { t } = useTranslation("workflow-history");
  const { contact, state, step, version, reason } = person;
  return (
    <li>
      {children}
      <span className={classes["who"]}>
        <ContactLink contact={contact} />
        {contact.email !== null && contact.email !== contact.name && <small>{contact.email}</small>}
      </span>
      <span className={classes["where"]}>
        {lookup.title(step, version)}
        {reason !== null && <small data-trouble={state === "parked" || undefined}>{reason}</small>}
      </span>
      <span className={classes["state"]}>
        <Badge tone={stateTones[state]}>{t(`one.${state}`)}</Badge>
      </span>
      <span className={classes["when"]}>
        <When person={person} />
      </span>
    </li>
  );
}

function When({ person }: Pick<PersonProps, "person">) {
  const { t } = useTranslation("workflow-history");
  const format = useFormat();
  const { state, dueAt, endedAt, enrolledAt, tries } = person;
  if (endedAt !== null) return <span>{t("when.ended", { date: format.dateTime(endedAt) })}</span>;
  return (
    <>
      {dueAt !== null && state !== "active" && (
        <WhenNext at={dueAt} label={state === "retrying" ? "nextTry" : "goesOn"} inTwoLines />
      )}
      {tries > 0 && <small>{t("when.tries", { count: tries })}</small>}
      {tries === 0 && dueAt === null && (
        <small>{t("when.enrolled", { date: format.dateTime(enrolledAt) })}</small>
      )}
    </>
  );
}
