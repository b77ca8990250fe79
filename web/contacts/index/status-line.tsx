import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { propertiesQuery } from "../../filters/use-filter-fields.ts";
import { useFormat } from "../../ui/format.ts";
import classes from "./contacts-index.module.css";
import { countQuery } from "./index-queries.ts";
import type { IndexState } from "./use-index-state.ts";

/** Below the table: how many of how many, in which order. */
export function StatusLine({
  state,
  total,
}: {
  readonly state: IndexState;
  readonly total: number | undefined;
}) {
  const { t } = useTranslation("contacts-index");
  const format = useFormat();
  const { data: all } = useQuery(countQuery(state.all));
  const { data: catalogue } = useQuery(propertiesQuery);
  const { propertyName, direction } = state.sort;
  const label =
    propertyName === "name"
      ? t("name")
      : catalogue?.properties.find(({ name }) => name === propertyName)?.label;
  const shown = total === undefined ? "…" : format.number(total);
  return (
    <footer className={classes["statusLine"]}>
      <span role="status">
        {t("matching", { count: all?.total ?? 0, number: shown, all: all ? format.number(all.total) : "…" })}
      </span>
      {label !== undefined && <span>{t(`sorted.${direction}`, { label })}</span>}
    </footer>
  );
}
