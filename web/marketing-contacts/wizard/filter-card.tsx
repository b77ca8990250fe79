import { Button } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FilterChips } from "../../filters/filter-chips.tsx";
import { everybody, type Filter, isEmpty } from "../../filters/filter-field.ts";
import { FilterPanel } from "../../filters/filter-panel.tsx";
import { useFilterFields } from "../../filters/use-filter-fields.ts";
import { useFormat } from "../../ui/format.ts";
import { icon } from "../../ui/icons.ts";
import { Section } from "../../ui/section.tsx";
import { presets } from "./presets.ts";
import classes from "./wizard.module.css";

interface FilterCardProps {
  readonly filter: Filter | null;
  /** Undefined while they are counted. */
  readonly contacts: number | undefined;
  readonly onChange: (filter: Filter | null) => void;
}

/** Use a filter: a preset to begin with, or the editor of the index. */
export function FilterCard({ filter, contacts, onChange }: FilterCardProps) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const fields = useFilterFields();
  const [open, setOpen] = useState(false);
  const set = filter !== null && !isEmpty(filter);
  const found =
    contacts === undefined ? "…" : t("contacts", { count: contacts, number: format.number(contacts) });
  return (
    <Section title={t("filter.title")} aside={set && found}>
      <p className={classes["lead"]}>{t("filter.lead")}</p>
      {set ? (
        <div className={classes["chips"]}>
          <FilterChips fields={fields} filter={filter} onChange={onChange} onEdit={() => setOpen(true)} />
        </div>
      ) : (
        <div className={classes["presets"]} role="group" aria-label={t("filter.presets")}>
          {presets.map(([name, preset]) => (
            <Button key={name} size="sm" variant="default" onClick={() => onChange(preset)}>
              {t(`filter.preset.${name}`)}
            </Button>
          ))}
        </div>
      )}
      <div className={classes["cardActions"]}>
        <Button variant="default" leftSection={<IconFilter {...icon} />} onClick={() => setOpen(true)}>
          {t(set ? "filter.edit" : "filter.use")}
        </Button>
        {set && (
          <Button variant="subtle" color="gray" onClick={() => onChange(null)}>
            {t("filter.remove")}
          </Button>
        )}
      </div>
      <FilterPanel
        opened={open && fields.size > 0}
        onClose={() => setOpen(false)}
        fields={fields}
        filter={filter ?? everybody}
        onChange={(next) => onChange(isEmpty(next) ? null : next)}
        result={set ? found : ""}
      />
    </Section>
  );
}
