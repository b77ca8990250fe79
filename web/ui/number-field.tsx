import { NumberInput, type NumberInputProps } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isGrouped, separatorsOf } from "./separators.ts";

/** Asks for a number, written as the reader's language writes it in texts. */
export function NumberField({ onChange, ...props }: NumberInputProps) {
  const { i18n } = useTranslation();
  const [typed, setTyped] = useState(props.defaultValue ?? "");
  const { group, decimal } = separatorsOf(i18n.language);
  const grouped = isGrouped(i18n.language, Number(props.value ?? typed));
  return (
    <NumberInput
      thousandSeparator={grouped ? group : ""}
      decimalSeparator={decimal}
      {...props}
      onChange={(value) => {
        setTyped(value);
        onChange?.(value);
      }}
    />
  );
}
