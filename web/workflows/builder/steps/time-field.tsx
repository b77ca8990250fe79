import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../session.ts";

interface TimeFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Says which zone the clock is of. */
  readonly zoned?: boolean;
}

/** A time of day by the account's clock. */
export function TimeField({ label, value, onChange, zoned = false }: TimeFieldProps) {
  const help = useZoneText();
  return (
    <TextInput
      type="time"
      label={label}
      description={zoned ? help : undefined}
      value={value}
      onChange={(event) => {
        const next = event.currentTarget.value;
        if (/^\d\d:\d\d$/.test(next)) onChange(next);
      }}
    />
  );
}

/** "By the account's clock (Europe/Stockholm)." */
export function useZoneText(): string {
  const { t } = useTranslation("workflow-builder");
  const { account } = useMe();
  return t("field.zone", { zone: account?.timeZone.replaceAll("_", " ") ?? "" });
}
