import { Button } from "@mantine/core";
import { IconColumns, IconFilter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FilterChips } from "../../filters/filter-chips.tsx";
import { type Filter, isEmpty } from "../../filters/filter-field.ts";
import { useFilterFields } from "../../filters/use-filter-fields.ts";
import { ChipBar } from "../../ui/filter-chip.tsx";
import { useFormat } from "../../ui/format.ts";
import { icon } from "../../ui/icons.ts";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { useOpener } from "../../ui/return-focus.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { ColumnsPanel } from "./columns-panel.tsx";
import classes from "./contacts-index.module.css";
import { SaveView } from "./save-view.tsx";
import type { IndexState } from "./use-index-state.ts";

// Fields for every type of property are much to load for whoever only looks.
const FilterPanel = lazyPart(async () => (await import("../../filters/filter-panel.tsx")).FilterPanel);

interface FilterBarProps {
  readonly state: IndexState;
  readonly total: number | undefined;
}

/** Search, chips, and what changes the view: below the tabs, in one line. */
export function FilterBar({ state, total }: FilterBarProps) {
  const { t } = useTranslation("contacts-index");
  const fields = useFilterFields();
  const [open, setOpen] = useState<"filter" | "columns" | null>(null);
  const [wanted, setWanted] = useState(false);
  const { remember, giveBack } = useOpener();
  const close = () => setOpen(null);
  const closeFilter = () => {
    close();
    giveBack();
  };
  const openFilter = () => {
    remember();
    setWanted(true);
    setOpen("filter");
  };
  return (
    <>
      <ChipBar
        start={
          <SearchField
            query={state.query}
            onSearch={(query) => state.change({ query })}
            label={t("search")}
            placeholder={t("searchHint")}
            className={classes["search"] ?? ""}
          />
        }
        chips={
          <FilterChips
            fields={fields}
            filter={state.filter}
            onEdit={openFilter}
            onChange={(filter) => state.change({ filter })}
          />
        }
        add={
          <Button variant="subtle" color="gray" leftSection={<IconFilter {...icon} />} onClick={openFilter}>
            {t("filter")}
          </Button>
        }
        end={<End state={state} onColumns={() => setOpen("columns")} />}
      />
      {wanted && (
        <ConditionsPanel state={state} total={total} opened={open === "filter"} onClose={closeFilter} />
      )}
      <ColumnsPanel opened={open === "columns"} onClose={close} state={state} />
    </>
  );
}

interface ConditionsPanelProps extends FilterBarProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

function ConditionsPanel({ state, total, opened, onClose }: ConditionsPanelProps) {
  const { t } = useTranslation("contacts-index");
  const format = useFormat();
  const fields = useFilterFields();
  const count = total ?? 0;
  return (
    <FilterPanel
      // Not before the view has said what it filters by: what is written begins with that.
      opened={opened && state.ready && fields.size > 0}
      onClose={onClose}
      fields={fields}
      filter={state.filter}
      onChange={(filter) => state.change({ filter })}
      result={total === undefined ? "…" : t("contacts", { count, number: format.number(count) })}
    />
  );
}

function End({ state, onColumns }: { readonly state: IndexState; readonly onColumns: () => void }) {
  const { t } = useTranslation("contacts-index");
  return (
    <>
      <SaveView state={state} />
      {!isEmpty(state.filter) && !state.list && <ListFromFilter filter={state.filter} />}
      <Button variant="subtle" color="gray" leftSection={<IconColumns {...icon} />} onClick={onColumns}>
        {t("columns")}
      </Button>
    </>
  );
}

/** A list of those on screen, kept right by the same conditions. */
function ListFromFilter({ filter }: { readonly filter: Filter }) {
  const { t } = useTranslation("lists");
  return (
    <Button
      variant="transparent"
      className={classes["wide"] ?? ""}
      renderRoot={(props) => <Link to="/lists/new" search={{ filter }} {...props} />}
    >
      {t("fromFilter")}
    </Button>
  );
}
