import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { Permission } from "../../contract/permissions.ts";
import { call } from "../api.ts";
import { PanelForm } from "../ui/panel-form.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { PermissionsField } from "./permissions-field.tsx";
import type { Role } from "./role-name.ts";
import { useChange } from "./use-change.ts";

interface RolePanelProps {
  readonly role: Role | "new" | null;
  readonly onClose: () => void;
}

/** Makes or changes a role of the account's own. */
export function RolePanel({ role, onClose }: RolePanelProps) {
  const { t } = useTranslation("accounts");
  const title = role === "new" ? t("roles.new") : t("roles.editTitle");
  return (
    <SidePanel opened={role !== null} onClose={onClose} title={title}>
      {role !== null && <RoleForm role={role === "new" ? null : role} onClose={onClose} />}
    </SidePanel>
  );
}

const initial: Permission[] = ["contacts.view"];

function RoleForm({ role, onClose }: { readonly role: Role | null; readonly onClose: () => void }) {
  const { t } = useTranslation("accounts");
  const form = useForm({
    initialValues: {
      name: role?.name ?? "",
      permissions: role?.permissions ?? initial,
    },
  });
  const save = useChange<typeof form.values, unknown>(
    (values) =>
      role === null
        ? call("POST /api/roles", values)
        : call("PUT /api/roles/:id", { id: role.id, ...values }),
    { done: () => t("roles.saved"), onDone: onClose },
  );
  return (
    <PanelForm
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      onClose={onClose}
      verb={t("save")}
      busy={save.isPending}
      error={save.error}
    >
      <TextInput
        label={t("roles.name")}
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
