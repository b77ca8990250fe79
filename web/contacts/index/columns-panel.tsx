import { ActionIcon, Button, Checkbox, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { propertiesQuery } from "../../filters/use-filter-fields.ts";
import type { Property } from "../../properties/property-field.tsx";
import { icon } from "../../ui/icons.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import classes from "./contacts-index.module.css";
import { type IndexState, startColumns } from "./use-index-state.ts";

interface ColumnsPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly state: IndexState;
}

/** Which properties the table shows, and in which order. The name always comes first. */
export function ColumnsPanel({ opened, onClose, state }: ColumnsPanelProps) {
  const { t } = useTranslation("contacts-index");
  return (
    <SidePanel
      opened={opened}
      onClose={onClose}
      title={t("columns")}
      footer={
        <>
          <Button variant="default" onClick={() => state.change({ columns: startColumns })}>
            {t("resetColumns")}
          </Button>
          <Button onClick={onClose}>{t("done")}</Button>
        </>
      }
    >
      <Chooser state={state} />
    </SidePanel>
  );
}

function Chooser({ state }: { readonly state: IndexState }) {
  const { t } = useTranslation("contacts-index");
  const [words, setWords] = useState("");
  const { data } = useQuery(propertiesQuery);
  const properties = data?.properties ?? [];
  const chosen = state.columns.flatMap((name) => properties.find((property) => property.name === name) ?? []);
  const others = properties.filter(({ name }) => !state.columns.includes(name));
  const found = others.filter(({ label }) => label.toLowerCase().includes(words.trim().toLowerCase()));
  return (
    <>
      <section>
        <h3>{t("shownColumns")}</h3>
        <ul className={classes["columns"]}>
          {chosen.map((property, place) => (
            <ShownColumn
              key={property.name}
              property={property}
              place={place}
              state={state}
              last={chosen.length - 1}
            />
          ))}
        </ul>
      </section>
      <section>
        <h3>{t("otherColumns")}</h3>
        <TextInput
          className={classes["find"] ?? ""}
          aria-label={t("findColumn")}
          placeholder={t("findColumn")}
          leftSection={<IconSearch {...icon} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <ul className={classes["columns"]}>
          {found.map(({ name, label }) => (
            <li key={name}>
              <Checkbox
                label={label}
                checked={false}
                onChange={() => state.change(({ columns }) => ({ columns: [...columns, name] }))}
              />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

interface ShownColumnProps {
  readonly property: Property;
  readonly place: number;
  readonly last: number;
  readonly state: IndexState;
}

function ShownColumn({ property: { name, label }, place, last, state }: ShownColumnProps) {
  const { t } = useTranslation("contacts-index");
  const move = (step: number) =>
    state.change((now) => {
      const columns = [...now.columns];
      const at = columns.indexOf(name);
      columns.splice(at + step, 0, ...columns.splice(at, 1));
      return { columns };
    });
  return (
    <li>
      <Checkbox
        label={label}
        checked
        onChange={() => state.change(({ columns }) => ({ columns: columns.filter((each) => each !== name) }))}
      />
      <span className={classes["moves"]}>
        <ActionIcon
          variant="subtle"
          disabled={place === 0}
          aria-label={t("moveUp", { label })}
          onClick={() => move(-1)}
        >
          <IconArrowUp {...icon} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          disabled={place === last}
          aria-label={t("moveDown", { label })}
          onClick={() => move(1)}
        >
          <IconArrowDown {...icon} />
        </ActionIcon>
      </span>
    </li>
  );
}
