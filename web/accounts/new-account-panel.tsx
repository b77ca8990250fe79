import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Language } from "../../contract/languages.ts";
import { call } from "../api.ts";
import { currentLanguage } from "../i18n.ts";
import { SidePanel } from "../ui/side-panel.tsx";
import { FormError } from "../ui/states.tsx";
import { browserZone, LanguageSelect, TimeZoneSelect } from "./fields.tsx";
import classes from "./gate.module.css";
import { useEnter } from "./use-enter.ts";

interface NewAccountPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes a further account and opens it. */
export function NewAccountPanel({ opened, onClose }: NewAccountPanelProps) {
  const { t } = useTranslation("accounts");
  return (
    <SidePanel opened={opened} onClose={onClose} title={t("account.new")}>
      {opened && <NewAccountForm onClose={onClose} />}
    </SidePanel>
  );
}

function NewAccountForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("accounts");
  const enter = useEnter();
  const form = useForm({ initialValues: { name: "", timeZone: browserZone(), language: currentLanguage() } });
  const create = useMutation({
    mutationFn: async (values: { name: string; timeZone: string; language: Language }) => {
      const { accountId } = await call("POST /api/accounts", values);
      await call("POST /api/switch-account", { accountId });
    },
    onSuccess: () => enter(),
  });
  return (
    <form className={classes["form"]} onSubmit={form.onSubmit((values) => create.mutate(values))}>
      <TextInput
        label={t("field.accountName")}
        maxLength={100}
        required
        withAsterisk={false}
        data-autofocus
        {...form.getInputProps("name")}
      />
      <TimeZoneSelect {...form.getInputProps("timeZone")} />
      <LanguageSelect {...form.getInputProps("language")} />
      <FormError error={create.error} />
      <div className={classes["buttons"]}>
        <Button type="submit" loading={create.isPending}>
          {t("account.create")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t("ui:cancel")}
        </Button>
      </div>
    </form>
  );
}
