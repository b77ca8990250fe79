import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../api.ts";
import { currentLanguage } from "../i18n.ts";
import { ErrorState, FormError, LoadingRows } from "../ui/states.tsx";
import { browserZone, Email, NewPassword, Password, PersonName, TimeZoneSelect } from "./fields.tsx";
import classes from "./gate.module.css";
import { Gate } from "./gate.tsx";
import { useEnter } from "./use-enter.ts";
import { useLinkSecret } from "./use-link-secret.ts";

type Invitation = Reply<"POST /api/invitation/check">;

export function InvitationPage() {
  const { t } = useTranslation("accounts");
  const token = useLinkSecret();
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => call("POST /api/invitation/check", { token }),
  });
  const account = invitation.data?.accountName;
  return (
    <Gate title={account === undefined ? t("invitation.title") : t("invitation.to", { account })}>
      {invitation.isPending && <LoadingRows rows={3} />}
      {invitation.isError && <ErrorState error={invitation.error} title={t("invitation.failed")} />}
      {invitation.data && <AcceptForm token={token} invitation={invitation.data} />}
    </Gate>
  );
}

function AcceptForm({ token, invitation }: { readonly token: string; readonly invitation: Invitation }) {
  const { t } = useTranslation("accounts");
  const { email, hasLogin } = invitation;
  const enter = useEnter();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { name: "", password: "", timeZone: browserZone() },
  });
  const accept = useMutation({
    mutationFn: ({ name, password, timeZone }: typeof form.values) => {
      const login = hasLogin ? {} : { name, timeZone, language: currentLanguage() };
      return call("POST /api/invitation", { token, password, ...login });
    },
    onSuccess: () => enter(),
  });
  return (
    <form className={classes["form"]} onSubmit={form.onSubmit((values) => accept.mutate(values))}>
      <Email value={email} readOnly autoComplete="username" />
      {hasLogin ? (
        <Password
          description={t("invitation.hasLogin")}
          autoComplete="current-password"
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
      ) : (
        <>
          <PersonName key={form.key("name")} {...form.getInputProps("name")} />
          <NewPassword key={form.key("password")} {...form.getInputProps("password")} />
          <TimeZoneSelect key={form.key("timeZone")} {...form.getInputProps("timeZone")} />
        </>
      )}
      <FormError error={accept.error} />
      <Button type="submit" size="lg" loading={accept.isPending}>
        {t("invitation.accept")}
      </Button>
    </form>
  );
}
