import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { Permission } from "../../contract/permissions.ts";
import { call } from "../api.ts";
import { CopyField } from "../ui/copy-field.tsx";
import { Note } from "../ui/note.tsx";
import { PanelForm, PanelResult } from "../ui/panel-form.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { PermissionsField } from "./permissions-field.tsx";
import { useChange } from "./use-change.ts";

interface TokenPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes a token and shows it, this once. */
export function TokenPanel({ opened, onClose }: TokenPanelProps) {
  const { t } = useTranslation("accounts");
  return (
    <SidePanel opened={opened} onClose={onClose} title={t("tokens.new")}>
      {opened && <TokenForm onClose={onClose} />}
    </SidePanel>
  );
}

function TokenForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("accounts");
  const form = useForm({ initialValues: { name: "", permissions: ["contacts.view"] as Permission[] } });
  const create = useChange((values: { name: string; permissions: Permission[] }) =>
    call("POST /api/tokens", values),
  );
  if (create.data) {
    return (
      <PanelResult onClose={onClose} verb={t("done")}>
        <Note kind="good" title={t("tokens.made")}>
          {t("tokens.madeHelp")}
        </Note>
        <CopyField label={t("tokens.token")} value={create.data.token} />
      </PanelResult>
    );
  }
  return (
    <PanelForm
      onSubmit={form.onSubmit((values) => create.mutate(values))}
      onClose={onClose}
      verb={t("tokens.create")}
      busy={create.isPending}
      disabled={form.values.permissions.length === 0}
      error={create.error}
    >
      <TextInput
        label={t("tokens.name")}
        description={t("tokens.nameHelp")}
        maxLength={100}
        required
        withAsterisk={false}
        data-autofocus
        {...form.getInputProps("name")}
      />
      <PermissionsField
        value={form.values.permissions}
        onChange={(permissions) => form.setFieldValue("permissions", permissions)}
      />
    </PanelForm>
  );
}
