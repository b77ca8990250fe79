import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Permission } from "../../contract/permissions.ts";
import { call, type Reply } from "../api.ts";
import { useMe } from "../session.ts";
import { useFormat } from "../ui/format.ts";
import classes from "../ui/rows.module.css";
import { type Role, useRoleNames } from "./role-name.ts";
import { useChange } from "./use-change.ts";

type Request = Reply<"GET /api/requests">["requests"][number];

interface RequestRowsProps {
  readonly requests: readonly Request[];
  readonly roles: readonly Role[];
}

/** What people have asked for. A permission comes with a role that has it. */
export function RequestRows({ requests, roles }: RequestRowsProps) {
  return (
    <ul className={classes["rows"]}>
      {requests.map((request) => (
        <li key={request.id}>
          <RequestRow request={request} roles={roles} />
        </li>
      ))}
    </ul>
  );
}

function RequestRow({ request, roles }: { readonly request: Request; readonly roles: readonly Role[] }) {
  const { t } = useTranslation("accounts");
  const { can } = useMe();
  const { id, kind, name, userName } = request;
  const needsRole = kind === "permission";
  const fitting = roles.filter(
    ({ permissions }) => permissions.includes(name as Permission) && permissions.every(can),
  );
  const [roleId, setRoleId] = useState<string>();
  const chosen = needsRole ? (roleId ?? fitting.at(-1)?.id) : undefined;
  const answer = useChange(
    (given: "granted" | "declined") => {
      const role = chosen !== undefined && given === "granted" ? { roleId: chosen } : {};
      return call("POST /api/requests/:id/answer", { id, answer: given, ...role });
    },
    { done: (_, given) => t(`requests.${given}`, { name: userName }), toastError: true },
  );
  return (
    <>
      <Wish request={request} />
      <div className={classes["end"]}>
        {needsRole && <RoleChoice name={userName} roles={fitting} value={chosen} onChange={setRoleId} />}
        <Button
          disabled={needsRole && chosen === undefined}
          loading={answer.isPending && answer.variables === "granted"}
          onClick={() => answer.mutate("granted")}
        >
          {t("requests.grant")}
        </Button>
        <Button variant="default" disabled={answer.isPending} onClick={() => answer.mutate("declined")}>
          {t("requests.decline")}
        </Button>
      </div>
    </>
  );
}

interface RoleChoiceProps {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly value: string | undefined;
  readonly onChange: (roleId: string) => void;
}

function RoleChoice({ name, roles, value, onChange }: RoleChoiceProps) {
  const { t } = useTranslation("accounts");
  const names = useRoleNames();
  return (
    <Select
      aria-label={t("requests.roleFor", { name })}
      data={roles.map((role) => ({ value: role.id, label: names.role(role) }))}
      value={value ?? null}
      allowDeselect={false}
      w={180}
      onChange={(roleId) => roleId !== null && onChange(roleId)}
    />
  );
}

function Wish({ request: { kind, name, userName, note, createdAt } }: { readonly request: Request }) {
  const { t } = useTranslation("accounts");
  const format = useFormat();
  const names = useRoleNames();
  const wanted = kind === "permission" ? names.permission(name as Permission) : t(`requests.feature.${name}`);
  return (
    <div className={classes["main"]}>
      <span className={classes["name"]}>{t("requests.asks", { name: userName, wanted })}</span>
      <span className={classes["detail"]}>
        {note !== "" && `${note} · `}
        {format.relative(createdAt)}
      </span>
    </div>
  );
}
