import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../api.ts";
import { useMe } from "../session.ts";
import { Badge } from "../ui/badge.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useFormat } from "../ui/format.ts";
import classes from "../ui/rows.module.css";
import { type Role, useRoleNames } from "./role-name.ts";
import { useChange } from "./use-change.ts";

type User = Reply<"GET /api/users">["users"][number];

interface UserRowsProps {
  readonly users: readonly User[];
  readonly roles: readonly Role[];
}

/** Who is in the account, with their role and the way out. */
export function UserRows({ users, roles }: UserRowsProps) {
  return (
    <ul className={classes["rows"]}>
      {users.map((user) => (
        <li key={user.id}>
          <UserRow user={user} roles={roles} />
        </li>
      ))}
    </ul>
  );
}

function UserRow({ user, roles }: { readonly user: User; readonly roles: readonly Role[] }) {
  const { t } = useTranslation("accounts");
  const names = useRoleNames();
  const [closing, setClosing] = useState(false);
  const change = useChange(
    (input: { roleId?: string; active?: boolean }) => call("PATCH /api/users/:id", { id: user.id, ...input }),
    {
      done: () => t("users.changed", { name: user.name }),
      onDone: () => setClosing(false),
      toastError: !closing,
    },
  );
  return (
    <>
      <Person user={user} />
      <div className={classes["end"]}>
        <Select
          aria-label={t("users.roleOf", { name: user.name })}
          data={roles.map((role) => ({ value: role.id, label: names.role(role) }))}
          value={user.roleId}
          allowDeselect={false}
          disabled={change.isPending || !user.active}
          w={{ base: 200, sm: 180 }}
          onChange={(roleId) => roleId !== null && roleId !== user.roleId && change.mutate({ roleId })}
        />
        <Button
          variant="default"
          aria-label={t(user.active ? "users.deactivateName" : "users.activateName", { name: user.name })}
          onClick={() => (user.active ? setClosing(true) : change.mutate({ active: true }))}
        >
          {t(user.active ? "users.deactivate" : "users.activate")}
        </Button>
      </div>
      <ConfirmDialog
        opened={closing}
        onClose={() => setClosing(false)}
        title={t("users.deactivateTitle", { name: user.name })}
        verb={t("users.deactivate")}
        busy={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate({ active: false })}
      >
        {t("users.deactivateHelp")}
      </ConfirmDialog>
    </>
  );
}

function Person({ user }: { readonly user: User }) {
  const { t } = useTranslation("accounts");
  const format = useFormat();
  const me = useMe();
  const when = user.lastSeenAt === null ? t("users.neverSeen") : format.relative(user.lastSeenAt);
  return (
    <div className={classes["main"]}>
      <span className={classes["name"]}>
        {user.name}
        {user.id === me.user?.id && <Badge>{t("users.you")}</Badge>}
        {!user.active && <Badge tone="none">{t("users.inactive")}</Badge>}
      </span>
      <span className={classes["detail"]}>
        {user.email} · {t("users.lastSeen", { when })}
      </span>
    </div>
  );
}
