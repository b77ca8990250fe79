import {
  PasswordInput,
  type PasswordInputProps,
  Select,
  type SelectProps,
  TextInput,
  type TextInputProps,
} from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { languages } from "../../contract/languages.ts";
import { languageNames } from "../i18n.ts";

const required = { required: true, withAsterisk: false } as const;

/** A password with a button that shows it. */
export function Password(props: PasswordInputProps) {
  const { t } = useTranslation("accounts");
  const toggle = { "aria-label": t("field.showPassword"), "aria-hidden": false, tabIndex: 0 };
  return (
    <PasswordInput
      label={t("field.password")}
      {...required}
      visibilityToggleButtonProps={toggle}
      {...props}
    />
  );
}

export function NewPassword(props: PasswordInputProps) {
  const { t } = useTranslation("accounts");
  return (
    <Password
      label={t("field.newPassword")}
      description={t("field.newPasswordHelp")}
      autoComplete="new-password"
      minLength={8}
      {...props}
    />
  );
}

export function PersonName(props: TextInputProps) {
  const { t } = useTranslation("accounts");
  return (
    <TextInput label={t("field.yourName")} autoComplete="name" maxLength={100} {...required} {...props} />
  );
}

export function Email(props: TextInputProps) {
  const { t } = useTranslation("accounts");
  return <TextInput type="email" label={t("field.email")} maxLength={254} {...required} {...props} />;
}

export function LanguageSelect(props: SelectProps) {
  const { t } = useTranslation("accounts");
  const data = languages.map((language) => ({ value: language, label: languageNames[language] }));
  return <Select label={t("field.language")} data={data} allowDeselect={false} {...required} {...props} />;
}

/** Every zone the browser knows; typing part of a city finds it. */
export function TimeZoneSelect(props: SelectProps) {
  const { t } = useTranslation("accounts");
  const data = useMemo(() => {
    const zones = new Set(["UTC", browserZone(), ...Intl.supportedValuesOf("timeZone")]);
    return [...zones].map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
  }, []);
  return (
    <Select
      label={t("field.timeZone")}
      data={data}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t("field.noTimeZone")}
      {...required}
      {...props}
    />
  );
}

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
