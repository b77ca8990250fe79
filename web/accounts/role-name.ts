import { useTranslation } from "react-i18next";
import type { Permission } from "../../contract/permissions.ts";
import type { Reply } from "../api.ts";

export type Role = Reply<"GET /api/roles">["roles"][number];

/** What a role and a permission are called: built-in ones by a text, own roles as somebody named them. */
export function useRoleNames(): {
  role: (role: Pick<Role, "key" | "name">) => string;
  permission: (permission: Permission) => string;
} {
  const { t } = useTranslation("accounts");
  return {
    role: ({ key, name }) => (key === null ? (name ?? "") : t(`role.${key}`)),
    permission: (permission) => t(`ui:permission.${permission.replace(".", "-")}`),
  };
}
