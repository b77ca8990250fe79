import { MultiSelect, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNames } from "../../words/use-names.ts";

interface ListSelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (listId: string) => void;
  readonly error?: string | undefined;
}

/** Any list of the account, one that is gone included while it is chosen. */
export function ListSelect({ label, value, onChange, error }: ListSelectProps) {
  const { t } = useTranslation("workflow-builder");
  return (
    <Select
      label={label}
      placeholder={t("field.choose")}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t("field.noList")}
      error={error}
      data={useListOptions([value])}
      value={value === "" ? null : value}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}

interface ListsSelectProps {
  readonly label: string;
  readonly description: string;
  readonly value: readonly string[];
  readonly onChange: (listIds: string[]) => void;
  readonly error?: string | undefined;
}

export function ListsSelect({ label, description, value, onChange, error }: ListsSelectProps) {
  const { t } = useTranslation("workflow-builder");
  return (
    <MultiSelect
      label={label}
      description={description}
      placeholder={value.length === 0 ? t("field.choose") : ""}
      searchable
      maxValues={20}
      nothingFoundMessage={t("field.noList")}
      error={error}
      data={useListOptions(value)}
      value={[...value]}
      onChange={onChange}
    />
  );
}

function useListOptions(chosen: readonly string[]) {
  const { fields, list } = useNames();
  const options = fields.get("lists")?.options ?? [];
  const gone = chosen.filter((id) => id !== "" && !options.some(({ value }) => value === id));
  return [...options, ...gone.map((value) => ({ value, label: list(value) }))];
}
