import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { Permission } from "../../contract/permissions.ts";
import { call } from "../api.ts";
import { CopyField } from "../ui/copy-field.tsx";
import { Note } from "../ui/note.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { FormError } from "../ui/states.tsx";
import classes from "./gate.module.css";
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
      <div className={classes["form"]}>
        <Note kind="good" title={t("tokens.made")}>
          {t("tokens.madeHelp")}
        </Note>
        <CopyField label={t("tokens.token")} value={create.data.token} />
        <div className={classes["buttons"]}>
          <Button onClick={onClose}>{t("done")}</Button>
        </div>
      </div>
    );
  }
  return (
    <form className={classes["form"]} onSubmit={form.onSubmit((values) => create.mutate(values))}>
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
      <FormError error={create.error} />
      <div className={classes["buttons"]}>
        <Button type="submit" loading={create.isPending} disabled={form.values.permissions.length === 0}>
          {t("tokens.create")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t("ui:cancel")}
        </Button>
      </div>
    </form>
  );
}
