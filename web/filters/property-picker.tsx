import { ScrollArea, TextInput, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { icon } from "../ui/icons.ts";
import type { Fields, FilterField } from "./filter-field.ts";
import classes from "./filters.module.css";

interface PropertyPickerProps {
  readonly fields: Fields;
  readonly label: string;
  readonly onPick: (field: FilterField) => void;
  readonly onCancel: () => void;
}

/** On a phone the keyboard would cover the list that one can simply tap. */
const touches = matchMedia("(pointer: coarse)").matches;

/** Finds a property by typing; they stand under their groups. */
export function PropertyPicker({ fields, label, onPick, onCancel }: PropertyPickerProps) {
  const { t } = useTranslation("filters");
  const [words, setWords] = useState("");
  const input = useFocusUnlessTyping();
  const found = [...fields.values()].filter((field) => isFound(field, words));
  const groups = [...new Set(found.map(({ group }) => group))];
  return (
    <div className={classes["picker"]}>
      <TextInput
        ref={input}
        aria-label={label}
        placeholder={label}
        leftSection={<IconSearch {...icon} />}
        value={words}
        {...(!touches && { "data-autofocus": true })}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            event.stopPropagation();
            onCancel();
          }
          if (event.key === "Enter" && found[0]) onPick(found[0]);
        }}
      />
      <ScrollArea.Autosize mah={320} type="auto">
        {groups.map((group) => (
          <section key={group} aria-label={group} className={classes["pickerGroup"]}>
            <h3>{group}</h3>
            <ul>
              {found
                .filter((field) => field.group === group)
                .map((field) => (
                  <li key={field.name}>
                    <UnstyledButton className={classes["pick"]} onClick={() => onPick(field)}>
                      {field.label}
                    </UnstyledButton>
                  </li>
                ))}
            </ul>
          </section>
        ))}
        {found.length === 0 && <p className={classes["nothing"]}>{t("noProperty")}</p>}
      </ScrollArea.Autosize>
    </div>
  );
}

function isFound({ label, name }: FilterField, words: string): boolean {
  const wanted = plain(words);
  return plain(label).includes(wanted) || name.includes(wanted);
}

/** Without case and accents, as people type. */
function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
}

/** Takes the focus when it comes, but not from somebody who writes elsewhere meanwhile, such as the list's name. */
function useFocusUnlessTyping(): RefObject<HTMLInputElement | null> {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!touches && !(document.activeElement instanceof HTMLInputElement)) input.current?.focus();
  }, []);
  return input;
}
