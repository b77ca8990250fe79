import { Button, Select, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Section } from "../../ui/section.tsx";
import { FormError } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast-store.ts";
import { Email, Password } from "../fields.tsx";
import classes from "../gate.module.css";
import {
  type MailFormValues,
  type MailSettings,
  mailKey,
  passwordNeed,
  securities,
  usualPorts,
  valuesOf,
} from "./mail-settings.ts";

type MailFormState = UseFormReturnType<MailFormValues>;

const required = { required: true, withAsterisk: false } as const;

export function MailForm({ mail }: { readonly mail: MailSettings }) {
  const { t } = useTranslation("mail");
  const queryClient = useQueryClient();
  const form = useForm<MailFormValues>({ initialValues: valuesOf(mail) });
  const save = useMutation({
    mutationKey: mailKey,
    mutationFn: ({ password, baseUrl, ...values }: MailFormValues) =>
      call("PUT /api/mail-settings", {
        ...values,
        baseUrl: baseUrl.trim() === "" ? null : baseUrl.trim(),
        ...(password === "" ? {} : { password }),
      }),
    onSuccess: async () => {
      form.setFieldValue("password", "");
      showToast({ title: t("saved"), detail: t("savedHelp") });
      await queryClient.invalidateQueries({ queryKey: mailKey });
    },
  });
  return (
    <Section title={t("server")}>
      <form className={classes["form"]} data-narrow onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Server form={form} />
        <Login form={form} need={passwordNeed(mail, form.values)} />
        <Sender form={form} defaultBaseUrl={mail.defaultBaseUrl} />
        <FormError error={save.error} />
        <div className={classes["buttons"]}>
          <Button type="submit" loading={save.isPending}>
            {t("save")}
          </Button>
          {mail.source === "saved" && <Remove />}
        </div>
      </form>
    </Section>
  );
}

function Server({ form }: { readonly form: MailFormState }) {
  const { t } = useTranslation("mail");
  const chooseSecurity = (value: string | null) => {
    const security = securities.find((name) => name === value) ?? "starttls";
    // A port that was changed by hand stays.
    if (form.values.port === usualPorts[form.values.security])
      form.setFieldValue("port", usualPorts[security]);
    form.setFieldValue("security", security);
  };
  return (
    <>
      <TextInput
        label={t("host")}
        placeholder="mail.example.org"
        maxLength={253}
        {...required}
        {...form.getInputProps("host")}
      />
      <div className={classes["pair"]}>
        <Select
          label={t("security")}
          data={securities.map((value) => ({ value, label: t(`securityName.${value}`) }))}
          allowDeselect={false}
          value={form.values.security}
          onChange={chooseSecurity}
        />
        <NumberField
          label={t("port")}
          thousandSeparator=""
          min={1}
          max={65_535}
          allowDecimal={false}
          hideControls
          {...required}
          {...form.getInputProps("port")}
        />
      </div>
    </>
  );
}

const passwordTexts = { kept: "passwordKept", again: "passwordAgain", new: "passwordHelp" } as const;

type Need = ReturnType<typeof passwordNeed>;

function Login({ form, need }: { readonly form: MailFormState; readonly need: Need }) {
  const { t } = useTranslation("mail");
  return (
    <div className={classes["pair"]}>
      <TextInput
        label={t("username")}
        description={t("usernameHelp")}
        autoComplete="off"
        maxLength={200}
        {...form.getInputProps("username")}
      />
      <Password
        description={t(passwordTexts[need])}
        autoComplete="new-password"
        required={need === "again"}
        {...form.getInputProps("password")}
      />
    </div>
  );
}

function Sender({ form, defaultBaseUrl }: { readonly form: MailFormState; readonly defaultBaseUrl: string }) {
  const { t } = useTranslation("mail");
  return (
    <>
      <Email label={t("fromAddress")} {...form.getInputProps("fromAddress")} />
      <TextInput label={t("fromName")} maxLength={100} {...form.getInputProps("fromName")} />
      <TextInput
        label={t("baseUrl")}
        description={t("baseUrlHelp")}
        placeholder={defaultBaseUrl}
        type="url"
        maxLength={300}
        {...form.getInputProps("baseUrl")}
      />
    </>
  );
}

function Remove() {
  const { t } = useTranslation("mail");
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => call("DELETE /api/mail-settings", {}),
    onSuccess: async () => {
      setAsking(false);
      await queryClient.invalidateQueries({ queryKey: mailKey });
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t("remove")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("remove")}
        verb={t("removeVerb")}
        destructive
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t("removeHelp")}
      </ConfirmDialog>
    </>
  );
}
