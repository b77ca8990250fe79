import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../contract/languages.ts";
import { call } from "../api.ts";
import { type Me, useMe } from "../session.ts";
import { MissingPermission } from "../ui/guarded-button.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { FormError } from "../ui/states.tsx";
import { showToast } from "../ui/toast-store.ts";
import { HistorySetting } from "../workflows/settings/history-setting.tsx";
import { DeleteAccountDialog } from "./delete-account-dialog.tsx";
import { LanguageSelect, TimeZoneSelect } from "./fields.tsx";
import classes from "./gate.module.css";
import { NewAccountPanel } from "./new-account-panel.tsx";
import { SettingsPage } from "./settings-page.tsx";

type Account = NonNullable<Me["account"]>;

export function AccountPage() {
  const { account, user, can } = useMe();
  return (
    <SettingsPage page="account">
      {account !== null && can("settings.edit") && <Identity key={`i${account.id}`} account={account} />}
      {account !== null && can("billing.edit") && <Zone key={`z${account.id}`} account={account} />}
      {account !== null && can("settings.edit") && <HistorySetting key={`h${account.id}`} />}
      {!can("settings.edit") && (
        <Note>
          <MissingPermission permission="settings.edit" />
        </Note>
      )}
      {user?.operator && <Operator account={account} />}
    </SettingsPage>
  );
}

function Identity({ account }: { readonly account: Account }) {
  const { t } = useTranslation("accounts");
  const { name, language } = account;
  const form = useForm({ mode: "uncontrolled", initialValues: { name, language } });
  const save = useSave((values: { name: string; language: Language }) => call("PATCH /api/account", values));
  return (
    <Section title={t("account.title")}>
      <form className={classes["form"]} data-narrow onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <TextInput
          label={t("field.accountName")}
          maxLength={100}
          required
          withAsterisk={false}
          key={form.key("name")}
          {...form.getInputProps("name")}
        />
        <LanguageSelect
          description={t("account.languageHelp")}
          key={form.key("language")}
          {...form.getInputProps("language")}
        />
        <FormError error={save.error} />
        <div className={classes["buttons"]}>
          <Button type="submit" loading={save.isPending}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Zone({ account }: { readonly account: Account }) {
  const { t } = useTranslation("accounts");
  const form = useForm({ initialValues: { timeZone: account.timeZone } });
  const save = useSave(({ timeZone }: { timeZone: string }) => call("PATCH /api/billing", { timeZone }));
  return (
    <Section title={t("account.timeZone")}>
      <form className={classes["form"]} data-narrow onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <TimeZoneSelect description={t("account.timeZoneHelp")} {...form.getInputProps("timeZone")} />
        <FormError error={save.error} />
        <div className={classes["buttons"]}>
          <Button
            type="submit"
            variant="default"
            loading={save.isPending}
            disabled={form.values.timeZone === account.timeZone}
          >
            {t("account.changeTimeZone")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Operator({ account }: { readonly account: Account | null }) {
  const { t } = useTranslation("accounts");
  const [panel, setPanel] = useState<"new" | "delete" | null>(null);
  return (
    <>
      <Section title={t("account.more")}>
        <p className={classes["lead"]}>{t("account.moreHelp")}</p>
        <Button variant="default" onClick={() => setPanel("new")}>
          {t("account.new")}
        </Button>
      </Section>
      {account !== null && (
        <Section title={t("account.delete")}>
          <p className={classes["lead"]}>{t("account.deleteHelp")}</p>
          <Button color="red" variant="light" onClick={() => setPanel("delete")}>
            {t("account.deleteName", { name: account.name })}
          </Button>
          <DeleteAccountDialog
            opened={panel === "delete"}
            onClose={() => setPanel(null)}
            name={account.name}
          />
        </Section>
      )}
      <NewAccountPanel opened={panel === "new"} onClose={() => setPanel(null)} />
    </>
  );
}

function useSave<Values>(change: (values: Values) => Promise<unknown>) {
  const { t } = useTranslation("accounts");
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      showToast({ title: t("account.saved") });
      await queryClient.invalidateQueries();
    },
  });
}
