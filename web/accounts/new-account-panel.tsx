import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { PanelForm } from "../ui/panel-form.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { AccountStep, CountStep } from "./setup-steps.tsx";
import { emptySetup, type SetupForm, type SetupValues, setupInput } from "./setup-values.ts";
import { useEnter } from "./use-enter.ts";

interface NewAccountPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes a further account, by the same questions as the first one, and opens it. */
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
  const form: SetupForm = useForm({ initialValues: emptySetup() });
  const create = useMutation({
    mutationFn: async (values: SetupValues) => {
      // The person is there already; only the account and its count are asked for.
      const { token: _, name: __, email: ___, password: ____, account, ...answers } = setupInput("", values);
      const { accountId } = await call("POST /api/accounts", {
        ...answers,
        name: account,
        language: values.language,
      });
      await call("POST /api/switch-account", { accountId });
    },
    onSuccess: () => enter(),
  });
  return (
    <PanelForm
      onSubmit={form.onSubmit((values) => create.mutate(values))}
      onClose={onClose}
      verb={t("account.create")}
      busy={create.isPending}
      error={create.error}
    >
      <AccountStep form={form} />
      <CountStep form={form} />
    </PanelForm>
  );
}
