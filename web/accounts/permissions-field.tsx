import { Checkbox, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Permission, permissions } from "../../contract/permissions.ts";
import { useMe } from "../session.ts";
import { useRoleNames } from "./role-name.ts";

interface PermissionsFieldProps {
  readonly value: readonly Permission[];
  readonly onChange: (value: Permission[]) => void;
}

/** What a role or a token allows. Nobody can give what they do not have themselves. */
export function PermissionsField({ value, onChange }: PermissionsFieldProps) {
  const { t } = useTranslation("accounts");
  const { can } = useMe();
  const names = useRoleNames();
  return (
    <Checkbox.Group
      label={t("roles.permissions")}
      description={t("roles.permissionsHelp")}
      value={[...value]}
      onChange={onChange}
    >
      <Stack gap="sm" mt="sm">
        {all.map((permission) => (
          <Checkbox
            key={permission}
            value={permission}
            label={names.permission(permission)}
            disabled={!can(permission)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

const all: readonly Permission[] = permissions;
