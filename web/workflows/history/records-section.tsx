import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Section } from "../../ui/section.tsx";
import type { Workflow } from "../workflow-query.ts";
import { EventsList } from "./events-list.tsx";
import classes from "./history.module.css";
import { HistoryFilters } from "./history-filters.tsx";
import { isBusy, numbersQuery } from "./history-queries.ts";
import { PEOPLE_ID } from "./number-tiles.tsx";
import { PeopleList } from "./people-list.tsx";
import type { RecordsProps } from "./records-props.ts";
import { ReplayButton } from "./replay-button.tsx";

/** Who is or was in the workflow, or what happened to whom, newest first. */
export function RecordsSection({ workflow, ...props }: RecordsProps & { readonly workflow: Workflow }) {
  const { t } = useTranslation("workflow-history");
  const { workflowId, history } = props;
  const { data: numbers } = useQuery(numbersQuery(workflowId, history.view.days ?? 90));
  const busy = numbers !== undefined && isBusy(numbers);
  const events = history.view.show === "events";
  return (
    <div id={PEOPLE_ID} tabIndex={-1} className={classes["records"]}>
      <Section
        title={t(events ? "events.title" : "people.title")}
        aside={
          <span className={classes["aside"]}>
            <ReplayButton workflow={workflow} lookup={props.lookup} />
            <SegmentedControl
              size="xs"
              aria-label={t("show.label")}
              value={events ? "events" : "people"}
              data={[
                { value: "people", label: t("show.people") },
                { value: "events", label: t("show.events") },
              ]}
              onChange={(value) => history.change({ show: value === "events" ? "events" : undefined })}
            />
          </span>
        }
      >
        <HistoryFilters {...props} numbers={numbers} />
        {events ? <EventsList {...props} busy={busy} /> : <PeopleList {...props} busy={busy} />}
      </Section>
    </div>
  );
}
