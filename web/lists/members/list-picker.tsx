import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";

/** A static list there is, or the name of one to be made. */
export type PickedList = { readonly id: string; readonly name: string } | { readonly newName: string };

interface ListPickerProps {
  readonly picked: PickedList | null;
  readonly onPick: (picked: PickedList | null) => void;
  /** Lists that are not offered. */
  readonly except?: readonly string[];
  readonly autoFocus?: boolean;
  /** Instead of "Static list". */
  readonly label?: string;
  /** Below the label. */
  readonly help?: string;
}

const NEW = "new:";
const TYPING_MS = 150;
const OFFERED = 50;

/** Chooses a static list, or makes one on the spot by typing its name. */
export function ListPicker({ picked, onPick, except = [], ...field }: ListPickerProps) {
  const { t } = useTranslation("lists");
  const pickedName = picked === null ? "" : nameOf(picked);
  const [words, setWords] = useState(pickedName);
  const found = useStaticLists(words === pickedName ? "" : words);
  const lists = found.filter(({ id }) => !except.includes(id));
  const isNew = picked !== null && "newName" in picked;
  return (
    <Select
      label={field.label ?? t("add.list")}
      placeholder={t("add.choose")}
      searchable
      clearable
      {...(field.autoFocus && { "data-autofocus": true })}
      nothingFoundMessage={t("add.none")}
      filter={({ options }) => options}
      data={[...offered(lists, picked), ...(words === pickedName ? [] : create(t, words.trim(), found))]}
      value={valueOf(picked)}
      searchValue={words}
      onSearchChange={setWords}
      description={isNew ? t("add.new") : field.help}
      onChange={(value) => {
        const next = read(value, lists);
        onPick(next);
        setWords(next === null ? "" : nameOf(next));
      }}
    />
  );
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What was found, and what is chosen even where it was not. */
function offered(lists: readonly Named[], picked: PickedList | null) {
  const options = lists.map(({ id, name }) => ({ value: id, label: name }));
  const value = valueOf(picked);
  if (picked === null || value === null || options.some((option) => option.value === value)) return options;
  return [...options, { value, label: nameOf(picked) }];
}

/** A name that no list has can become one. */
function create(t: TFunction<"lists">, name: string, found: readonly Named[]) {
  const taken = found.some((list) => list.name.toLowerCase() === name.toLowerCase());
  return name === "" || taken ? [] : [{ value: NEW + name, label: t("add.create", { name }) }];
}

function useStaticLists(words: string): readonly Named[] {
  const [query] = useDebouncedValue(words.trim(), TYPING_MS);
  const { data } = useQuery({
    queryKey: ["lists", "static", query],
    queryFn: ({ signal }) =>
      call("GET /api/lists", { type: "static", query: query.slice(0, 200), limit: OFFERED }, { signal }),
    placeholderData: keepPreviousData,
  });
  return data?.lists ?? [];
}

function nameOf(picked: PickedList): string {
  return "newName" in picked ? picked.newName : picked.name;
}

function valueOf(picked: PickedList | null): string | null {
  if (picked === null) return null;
  return "newName" in picked ? NEW + picked.newName : picked.id;
}

function read(value: string | null, lists: readonly Named[]): PickedList | null {
  if (value === null) return null;
  if (value.startsWith(NEW)) return { newName: value.slice(NEW.length) };
  return lists.find(({ id }) => id === value) ?? null;
}
