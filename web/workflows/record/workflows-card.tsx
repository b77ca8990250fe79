import { UnstyledButton } from "@mantine/core";
import { IconUserMinus } from "@tabler/icons-react";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../../api.ts";
import { Badge } from "../../ui/badge.tsx";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { smallIcon } from "../../ui/icons.ts";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { stateTones } from "../history/people-list.tsx";
import { TakeOutDialog } from "../history/take-out-dialog.tsx";
import { useStepsOf } from "../history/use-step-lookup.ts";
import { WhenNext } from "../history/when-next.tsx";
import { WayEntries } from "./way-entries.tsx";
import classes from "./workflows-card.module.css";

type Ways = Reply<"GET /api/contacts/:contactId/workflows">;
export type Way = Ways["enrollments"][number];

const SHOWN = 4;
const BUSY_MS = 3_000;
const CALM_MS = 20_000;

const isBusy = ({ enrollments }: Ways) =>
  enrollments.some(({ state }) => state === "active" || state === "retrying");

const waysQuery = (contactId: string) =>
  queryOptions({
    queryKey: ["contact", contactId, "workflows"],
    queryFn: ({ signal }) => call("GET /api/contacts/:contactId/workflows", { contactId }, { signal }),
    refetchInterval: ({ state: { data } }) => (data && isBusy(data) ? BUSY_MS : CALM_MS),
  });

/** The workflows a contact is or was in: where it stands, what happened on the way, and the way out. */
export function WorkflowsCard({ contactId }: { readonly contactId: string }) {
  const { t } = useTranslation("workflow-history");
  const { data, error, refetch } = useQuery(waysQuery(contactId));
  return (
    <Section title={t("card.title")}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows rows={2} />}
      {data && <WayList contactId={contactId} ways={data} />}
    </Section>
  );
}

interface WayListProps {
  readonly contactId: string;
  readonly ways: Ways;
}

function WayList({ contactId, ways: { enrollments, definitions } }: WayListProps) {
  const { t } = useTranslation("workflow-history");
  const [all, setAll] = useState(false);
  const more = all ? 0 : enrollments.length - SHOWN;
  if (enrollments.length === 0) return <p className={classes["quiet"]}>{t("card.none")}</p>;
  return (
    <>
      <ul className={classes["ways"]}>
        {(all ? enrollments : enrollments.slice(0, SHOWN)).map((way) => (
          <WayRow key={way.id} contactId={contactId} way={way} definitions={definitions} />
        ))}
      </ul>
      {more > 0 && (
        <UnstyledButton className={classes["link"]} onClick={() => setAll(true)}>
          {t("card.more", { count: more })}
        </UnstyledButton>
      )}
    </>
  );
}

interface WayRowProps {
  readonly contactId: string;
  readonly way: Way;
  readonly definitions: Ways["definitions"];
}

function WayRow({ contactId, way, definitions }: WayRowProps) {
  const { t } = useTranslation("workflow-history");
  const { workflow, state, step, version, reason } = way;
  const own = useMemo(
    () => definitions.filter(({ workflowId }) => workflowId === workflow.id),
    [definitions, workflow.id],
  );
  const lookup = useStepsOf(own);
  const [open, setOpen] = useState(false);
  const inside = way.endedAt === null;
  return (
    <li>
      <div className={classes["head"]}>
        {workflow.deleted ? (
          <span>{t("card.deleted", { name: workflow.name })}</span>
        ) : (
          <Link
            to="/workflows/$workflowId"
            params={{ workflowId: workflow.id }}
            search={{ tab: "history", show: "events", contact: contactId }}
          >
            {workflow.name}
          </Link>
        )}
        <Badge tone={stateTones[state]}>{t(`one.${state}`)}</Badge>
      </div>
      <p className={classes["where"]}>{lookup.title(step, version)}</p>
      {reason !== null && <p className={classes["quiet"]}>{reason}</p>}
      <p className={classes["quiet"]}>
        <When way={way} />
      </p>
      <div className={classes["acts"]}>
        <UnstyledButton className={classes["link"]} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? "card.hide" : "card.show")}
        </UnstyledButton>
        {inside && <TakeOut contactId={contactId} workflow={workflow} />}
      </div>
      {open && <WayEntries entries={way.entries} lookup={lookup} />}
    </li>
  );
}

function When({ way: { state, dueAt, enrolledAt, endedAt } }: { readonly way: Way }) {
  const { t } = useTranslation("workflow-history");
  const format = useFormat();
  if (endedAt !== null) return t("when.ended", { date: format.dateTime(endedAt) });
  if (dueAt !== null && state !== "active")
    return <WhenNext at={dueAt} label={state === "retrying" ? "nextTry" : "goesOn"} />;
  return t("when.enrolled", { date: format.dateTime(enrolledAt) });
}

function TakeOut({ contactId, workflow }: Pick<WayRowProps, "contactId"> & Pick<Way, "workflow">) {
  const { t } = useTranslation("workflow-history");
  const [asking, setAsking] = useState(false);
  return (
    <>
      <GuardedButton
        size="sm"
        variant="subtle"
        permission="workflows.edit"
        leftSection={<IconUserMinus {...smallIcon} />}
        aria-label={t("card.takeOutOf", { name: workflow.name })}
        onClick={() => setAsking(true)}
      >
        {t("takeOut.verb")}
      </GuardedButton>
      {asking && (
        <TakeOutDialog
          workflowId={workflow.id}
          contacts={[{ id: contactId, name: workflow.name }]}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
