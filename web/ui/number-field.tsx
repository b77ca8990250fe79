import { NumberInput, type NumberInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { separatorsOf } from "./separators.ts";

/** Asks for a number, written as the reader's language writes it. */
export function NumberField(props: NumberInputProps) {
  const { i18n } = useTranslation();
  const { group, decimal } = separatorsOf(i18n.language);
  return <NumberInput thousandSeparator={group} decimalSeparator={decimal} {...props} />;
}
