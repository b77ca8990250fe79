import { ActionIcon, Button, Checkbox, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { icon, smallIcon } from "../ui/icons.ts";
import classes from "./properties.module.css";
import type { Property } from "./property-field.tsx";

export type Option = Property["options"][number];

interface OptionsEditorProps {
  readonly options: readonly Option[];
  readonly onChange: (options: readonly Option[]) => void;
}

/** The choices of a property, in their order. A hidden one stays valid but is not offered. */
export function OptionsEditor({ options, onChange }: OptionsEditorProps) {
  const { t } = useTranslation("properties");
  const swap = (place: number, other: number) => {
    const [one, two] = [options[place], options[other]];
    if (one && two) onChange(options.map((option, at) => (at === place ? two : at === other ? one : option)));
  };
  return (
    <fieldset className={classes["options"]}>
      <legend>{t("options.title")}</legend>
      {options.map((option, place) => (
        <OptionRow
          // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place while it is written
          key={place}
          option={option}
          place={place}
          last={place === options.length - 1}
          onChange={(next) => onChange(options.map((known, at) => (at === place ? next : known)))}
          onMove={(other) => swap(place, other)}
          onRemove={() => onChange(options.filter((_, at) => at !== place))}
        />
      ))}
      <Button
        variant="default"
        size="sm"
        leftSection={<IconPlus {...icon} />}
        onClick={() => onChange([...options, { value: "", label: "", hidden: false }])}
      >
        {t("options.add")}
      </Button>
    </fieldset>
  );
}

interface OptionRowProps {
  readonly option: Option;
  readonly place: number;
  readonly last: boolean;
  readonly onChange: (option: Option) => void;
  readonly onMove: (place: number) => void;
  readonly onRemove: () => void;
}

function OptionRow({ option, place, last, onChange, onMove, onRemove }: OptionRowProps) {
  const { t } = useTranslation("properties");
  const number = place + 1;
  return (
    <div className={classes["option"]}>
      <TextInput
        aria-label={t("options.label", { number })}
        placeholder={t("options.placeholder")}
        maxLength={200}
        value={option.label}
        onChange={(event) => onChange({ ...option, label: event.currentTarget.value })}
      />
      <Checkbox
        label={t("options.hidden")}
        checked={option.hidden}
        onChange={(event) => onChange({ ...option, hidden: event.currentTarget.checked })}
      />
      <ActionIcon
        size={28}
        aria-label={t("options.up", { number })}
        disabled={place === 0}
        onClick={() => onMove(place - 1)}
      >
        <IconArrowUp {...smallIcon} />
      </ActionIcon>
      <ActionIcon
        size={28}
        aria-label={t("options.down", { number })}
        disabled={last}
        onClick={() => onMove(place + 1)}
      >
        <IconArrowDown {...smallIcon} />
      </ActionIcon>
      <ActionIcon size={28} aria-label={t("options.remove", { number })} onClick={onRemove}>
        <IconTrash {...smallIcon} />
      </ActionIcon>
    </div>
  );
}
