import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { useMe } from "../session.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useFormat } from "../ui/format.ts";
import classes from "../ui/rows.module.css";
import { type Role, useRoleNames } from "./role-name.ts";
import { RolePanel } from "./role-panel.tsx";
import { useChange } from "./use-change.ts";

interface RoleRowsProps {
  readonly roles: readonly Role[];
  readonly editing: Role | "new" | null;
  readonly onEdit: (role: Role | "new" | null) => void;
}

/** The roles with what they allow. Built-in ones are as they are; own ones can be changed. */
export function RoleRows({ roles, editing, onEdit }: RoleRowsProps) {
  const { t } = useTranslation("accounts");
  const names = useRoleNames();
  const [deleting, setDeleting] = useState<Role | null>(null);
  const remove = useChange((id: string) => call("DELETE /api/roles/:id", { id }), {
    done: () => t("roles.deleted"),
    onDone: () => setDeleting(null),
  });
  return (
    <>
      <ul className={classes["rows"]}>
        {roles.map((role) => (
          <li key={role.id}>
            <RoleRow role={role} onEdit={() => onEdit(role)} onDelete={() => setDeleting(role)} />
          </li>
        ))}
      </ul>
      <RolePanel role={editing} onClose={() => onEdit(null)} />
      <ConfirmDialog
        opened={deleting !== null}
        onClose={() => setDeleting(null)}
        title={t("roles.deleteTitle", { role: deleting === null ? "" : names.role(deleting) })}
        verb={t("roles.delete")}
        destructive
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => deleting !== null && remove.mutate(deleting.id)}
      >
        {t("roles.deleteHelp")}
      </ConfirmDialog>
    </>
  );
}

interface RoleRowProps {
  readonly role: Role;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

function RoleRow({ role, onEdit, onDelete }: RoleRowProps) {
  const { t } = useTranslation("accounts");
  const format = useFormat();
  const names = useRoleNames();
  const { can } = useMe();
  const name = names.role(role);
  const allowed =
    role.key === "super-admin" ? t("roles.everything") : format.list(role.permissions.map(names.permission));
  return (
    <>
      <div className={classes["main"]}>
        <span className={classes["name"]}>{name}</span>
        <span className={classes["detail"]}>{allowed || t("roles.nothing")}</span>
      </div>
      <div className={classes["end"]}>
        <span className={classes["detail"]}>
          {t("roles.users", { count: role.users, number: format.number(role.users) })}
        </span>
        {role.key === null && can("users.edit") && (
          <>
            <Button
              variant="default"
              size="sm"
              aria-label={t("roles.editName", { role: name })}
              onClick={onEdit}
            >
              {t("roles.edit")}
            </Button>
            <Button
              variant="default"
              size="sm"
              aria-label={t("roles.deleteName", { role: name })}
              onClick={onDelete}
            >
              {t("roles.delete")}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
