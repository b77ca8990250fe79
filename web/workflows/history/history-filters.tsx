import { Button, Select, TextInput } from "@mantine/core";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { icon, smallIcon } from "../../ui/icons.ts";
import { useTypedSearch } from "../../ui/use-typed-search.ts";
import type { WorkflowNumbers } from "../workflow-query.ts";
import { enrollmentStates, entryKinds } from "../workflow-search.ts";
import classes from "./history.module.css";
import { outcomesOf } from "./outcomes-of.ts";
import type { RecordsProps } from "./records-props.ts";

interface FiltersProps extends RecordsProps {
  readonly numbers: WorkflowNumbers | undefined;
}

const nothing = {
  query: undefined,
  state: undefined,
  kind: undefined,
  outcome: undefined,
  step: undefined,
  contact: undefined,
};

/** Whom and what to show. */
export function HistoryFilters({ history, lookup, numbers }: FiltersProps) {
  const { t } = useTranslation("workflow-history");
  const { view, change } = history;
  const events = view.show === "events";
  const filtered = [view.query, view.state, view.kind, view.outcome, view.step, view.contact].some(Boolean);
  return (
    <div className={classes["filters"]} role="search" aria-label={t("filter.label")}>
      <Search history={history} />
      <Select
        aria-label={t("filter.step")}
        placeholder={t("filter.anyStep")}
        data={lookup.steps.map(({ id }) => ({ value: id, label: lookup.title(id) }))}
        value={view.step ?? null}
        clearable
        searchable
        nothingFoundMessage={t("filter.nothing")}
        onChange={(step) => change({ step: step ?? undefined, outcome: undefined })}
      />
      {events ? (
        <EventFilters history={history} lookup={lookup} numbers={numbers} />
      ) : (
        <Select
          aria-label={t("filter.state")}
          placeholder={t("filter.anyState")}
          data={enrollmentStates.map((value) => ({ value, label: t(`state.${value}`) }))}
          value={view.state ?? null}
          clearable
          onChange={(state) => change({ state: state ?? undefined })}
        />
      )}
      {filtered && (
        <Button variant="subtle" leftSection={<IconX {...smallIcon} />} onClick={() => change(nothing)}>
          {t("filter.clear")}
        </Button>
      )}
    </div>
  );
}

function EventFilters({ history: { view, change }, lookup, numbers }: Omit<FiltersProps, "workflowId">) {
  const { t } = useTranslation("workflow-history");
  return (
    <>
      <Select
        aria-label={t("filter.kind")}
        placeholder={t("filter.anyKind")}
        data={entryKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={view.kind ?? null}
        clearable
        onChange={(kind) => change({ kind: kind ?? undefined, outcome: undefined })}
      />
      {(view.kind === undefined || view.kind === "done") && (
        <Select
          aria-label={t("filter.outcome")}
          placeholder={t("filter.anyOutcome")}
          data={outcomesOf(numbers?.steps ?? [], lookup, view.step)}
          value={view.outcome ?? null}
          clearable
          onChange={(outcome) => change({ outcome: outcome ?? undefined })}
        />
      )}
    </>
  );
}

function Search({ history: { view, change } }: Pick<FiltersProps, "history">) {
  const { t } = useTranslation("workflow-history");
  const [words, type] = useTypedSearch(view.query ?? "", (next) => change({ query: next || undefined }));
  return (
    <TextInput
      className={classes["search"] ?? ""}
      aria-label={t("filter.contact")}
      placeholder={t("filter.contact")}
      leftSection={<IconSearch {...icon} />}
      value={words}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
