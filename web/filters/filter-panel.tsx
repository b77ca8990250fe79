import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SidePanel } from "../ui/side-panel.tsx";
import { FilterEditor } from "./filter-editor.tsx";
import type { Fields, Filter } from "./filter-field.ts";
import classes from "./filters.module.css";

interface FilterPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly fields: Fields;
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
  /** At the bottom: how many match. */
  readonly result: ReactNode;
}

/** The editor of filters beside what it filters. */
export function FilterPanel({ opened, onClose, result, ...editing }: FilterPanelProps) {
  const { t } = useTranslation("filters");
  return (
    <SidePanel
      opened={opened}
      onClose={onClose}
      title={t("title")}
      footer={
        <>
          <span className={classes["result"]}>{result}</span>
          <Button onClick={onClose}>{t("done")}</Button>
        </>
      }
    >
      {opened && <FilterEditor {...editing} />}
    </SidePanel>
  );
}
