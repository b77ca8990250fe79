import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../api.ts";
import { useFormat } from "../ui/format.ts";
import classes from "../ui/rows.module.css";
import { type Role, useRoleNames } from "./role-name.ts";
import { useChange } from "./use-change.ts";

interface InvitationRowsProps {
  readonly invitations: Reply<"GET /api/users">["invitations"];
  readonly roles: readonly Role[];
}

/** Who has a link and has not used it yet. */
export function InvitationRows({ invitations, roles }: InvitationRowsProps) {
  const { t } = useTranslation("accounts");
  const format = useFormat();
  const names = useRoleNames();
  const revoke = useChange((id: string) => call("DELETE /api/invitations/:id", { id }), {
    done: () => t("users.invitationRevoked"),
    toastError: true,
  });
  return (
    <ul className={classes["rows"]}>
      {invitations.map(({ id, email, roleId, expiresAt, mail }) => {
        const role = roles.find((role) => role.id === roleId);
        return (
          <li key={id}>
            <div className={classes["main"]}>
              <span className={classes["name"]}>{email}</span>
              <span className={classes["detail"]}>
                {role && `${names.role(role)} · `}
                {t("users.linkUntil", { date: format.dateTime(expiresAt) })}
                {mail !== "none" && ` · ${t(`users.mailState.${mail}`)}`}
              </span>
            </div>
            <Button
              variant="default"
              aria-label={t("users.revokeName", { email })}
              loading={revoke.isPending && revoke.variables === id}
              onClick={() => revoke.mutate(id)}
            >
              {t("users.revoke")}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
