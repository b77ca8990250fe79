import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { sameNumber } from "./same-number.ts";

interface TypedNumberProps {
  readonly expected: number;
  /** Whether what is typed is the number. */
  readonly onChange: (right: boolean) => void;
}

/** Asks to type the number before a raise. */
export function TypedNumber({ expected, onChange }: TypedNumberProps) {
  const { t } = useTranslation("ui");
  return (
    <TextInput
      label={t("typeNumber", { number: expected })}
      inputMode="numeric"
      autoComplete="off"
      data-autofocus
      onChange={(event) => onChange(sameNumber(event.currentTarget.value, expected))}
    />
  );
}
