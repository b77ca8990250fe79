import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { Note } from "../ui/note.tsx";
import { ErrorState, FormError, LoadingRows } from "../ui/states.tsx";
import { NewPassword } from "./fields.tsx";
import classes from "./gate.module.css";
import { Gate } from "./gate.tsx";
import { ToSignIn } from "./sign-in-page.tsx";
import { useLinkSecret } from "./use-link-secret.ts";

export function ResetPasswordPage() {
  const { t } = useTranslation("accounts");
  const token = useLinkSecret();
  const link = useQuery({
    queryKey: ["password-reset", token],
    queryFn: () => call("POST /api/password-reset/check", { token }),
  });
  return (
    <Gate title={t("reset.title")}>
      {link.isPending && <LoadingRows rows={2} />}
      {link.isError && <ErrorState error={link.error} onRetry={() => void link.refetch()} />}
      {link.data?.valid && <NewPasswordForm token={token} />}
      {link.data?.valid === false && (
        <Note kind="error" title={t("reset.invalid")} actions={<ToSignIn />}>
          {t("reset.invalidHelp")}
        </Note>
      )}
    </Gate>
  );
}

function NewPasswordForm({ token }: { readonly token: string }) {
  const { t } = useTranslation("accounts");
  const form = useForm({ mode: "uncontrolled", initialValues: { password: "" } });
  const reset = useMutation({
    mutationFn: ({ password }: { password: string }) => call("POST /api/password-reset", { token, password }),
  });
  if (reset.isSuccess) {
    return (
      <Note kind="good" title={t("reset.done")} actions={<ToSignIn />}>
        {t("reset.doneHelp")}
      </Note>
    );
  }
  return (
    <form className={classes["form"]} onSubmit={form.onSubmit((values) => reset.mutate(values))}>
      <NewPassword key={form.key("password")} {...form.getInputProps("password")} />
      <FormError error={reset.error} />
      <Button type="submit" size="lg" loading={reset.isPending}>
        {t("reset.action")}
      </Button>
    </form>
  );
}
