import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../contract/languages.ts";
import { call } from "../api.ts";
import { setLanguage } from "../i18n.ts";
import { type Me, useMe } from "../session.ts";
import { Section } from "../ui/section.tsx";
import { FormError } from "../ui/states.tsx";
import { showToast } from "../ui/toast-store.ts";
import { Email, LanguageSelect, NewPassword, Password, PersonName, TimeZoneSelect } from "./fields.tsx";
import classes from "./gate.module.css";
import { NoticeChoices } from "./notices/notice-choices.tsx";
import { SettingsPage } from "./settings-page.tsx";

export function ProfilePage() {
  const { user } = useMe();
  return (
    <SettingsPage page="profile">
      {user !== null && <You user={user} />}
      <ChangePassword />
      <NoticeChoices />
    </SettingsPage>
  );
}

function You({ user }: { readonly user: NonNullable<Me["user"]> }) {
  const { t } = useTranslation("accounts");
  const queryClient = useQueryClient();
  const { name, language, timeZone } = user;
  const form = useForm({ mode: "uncontrolled", initialValues: { name, language, timeZone } });
  // The language may be switched in the menu as well: what is being written stays.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where it is another, not with each value
  useEffect(() => form.setFieldValue("language", language), [language]);
  const save = useMutation({
    mutationFn: (values: { name: string; language: Language; timeZone: string }) =>
      call("PATCH /api/profile", values),
    onSuccess: async (_, values) => {
      await setLanguage(values.language);
      await queryClient.invalidateQueries();
      showToast({ title: t("profile.saved") });
    },
  });
  return (
    <Section title={t("profile.you")}>
      <form className={classes["form"]} data-narrow onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <PersonName key={form.key("name")} {...form.getInputProps("name")} />
        <Email value={user.email} readOnly description={t("profile.emailHelp")} />
        <LanguageSelect key={form.key("language")} {...form.getInputProps("language")} />
        <TimeZoneSelect
          description={t("profile.timeZoneHelp")}
          key={form.key("timeZone")}
          {...form.getInputProps("timeZone")}
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

function ChangePassword() {
  const { t } = useTranslation("accounts");
  const form = useForm({ mode: "uncontrolled", initialValues: { current: "", password: "" } });
  const change = useMutation({
    mutationFn: (values: { current: string; password: string }) => call("POST /api/profile/password", values),
    onSuccess: () => {
      form.reset();
      showToast({ title: t("profile.passwordChanged"), detail: t("profile.passwordChangedHelp") });
    },
  });
  return (
    <Section title={t("profile.password")}>
      <form
        className={classes["form"]}
        data-narrow
        onSubmit={form.onSubmit((values) => change.mutate(values))}
      >
        <Password
          label={t("profile.current")}
          autoComplete="current-password"
          key={form.key("current")}
          {...form.getInputProps("current")}
        />
        <NewPassword key={form.key("password")} {...form.getInputProps("password")} />
        <FormError error={change.error} />
        <div className={classes["buttons"]}>
          <Button type="submit" variant="default" loading={change.isPending}>
            {t("profile.change")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
