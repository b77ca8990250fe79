import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, Navigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { meQuery } from "../session.ts";
import { Note } from "../ui/note.tsx";
import { FormError } from "../ui/states.tsx";
import { Email, Password } from "./fields.tsx";
import classes from "./gate.module.css";
import { Gate } from "./gate.tsx";
import { useEnter } from "./use-enter.ts";

export function SignInPage() {
  const { t } = useTranslation("accounts");
  const { return: back } = useSearch({ from: "/sign-in" });
  const { data: me } = useQuery(meQuery);
  const enter = useEnter();
  const form = useForm({ mode: "uncontrolled", initialValues: { email: "", password: "" } });
  const signIn = useMutation({
    mutationFn: (login: { email: string; password: string }) => call("POST /api/sign-in", login),
    onSuccess: () => enter(back),
  });
  if (me?.setupNeeded) return <Navigate to="/setup" />;
  return (
    <Gate title={t("signIn.title")}>
      <form className={classes["form"]} onSubmit={form.onSubmit((login) => signIn.mutate(login))}>
        <Email autoComplete="username" autoFocus key={form.key("email")} {...form.getInputProps("email")} />
        <Password
          autoComplete="current-password"
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <FormError error={signIn.error} />
        <Button type="submit" size="lg" loading={signIn.isPending}>
          {t("signIn.action")}
        </Button>
        <details>
          <summary>{t("signIn.forgotten")}</summary>
          <Forgotten email={() => form.getValues().email} />
        </details>
      </form>
    </Gate>
  );
}

/** Asks for a link by mail; where no mail is set up the refusal says who can make one. */
function Forgotten({ email }: { readonly email: () => string }) {
  const { t } = useTranslation("accounts");
  const send = useMutation({
    mutationFn: () => call("POST /api/password-reset/request", { email: email() }),
  });
  return (
    <div className={classes["form"]}>
      <p className={classes["lead"]}>{t("signIn.forgottenHelp")}</p>
      <Button variant="default" loading={send.isPending} onClick={() => send.mutate()}>
        {t("signIn.sendLink")}
      </Button>
      <FormError error={send.error} />
      <div role="status">{send.isSuccess && <Note kind="good">{t("signIn.linkSent")}</Note>}</div>
    </div>
  );
}

/** Where a link with a secret no longer leads anywhere. */
export function ToSignIn() {
  const { t } = useTranslation("accounts");
  return (
    <Button component={Link} to="/sign-in" variant="default">
      {t("signIn.instead")}
    </Button>
  );
}
