import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { useMe } from "../session.ts";
import { GuardedButton, MissingPermission } from "../ui/guarded-button.tsx";
import { icon } from "../ui/icons.ts";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { ErrorState, LoadingRows } from "../ui/states.tsx";
import { InvitationRows } from "./invitation-rows.tsx";
import { InvitePanel } from "./invite-panel.tsx";
import { RequestRows } from "./request-rows.tsx";
import type { Role } from "./role-name.ts";
import { RoleRows } from "./role-rows.tsx";
import { SettingsPage } from "./settings-page.tsx";
import { UserRows } from "./user-rows.tsx";

export function UsersPage() {
  const { t } = useTranslation("accounts");
  const { can } = useMe();
  const [inviting, setInviting] = useState(false);
  const roles = useRoles();
  const invite = (
    <GuardedButton
      permission="users.edit"
      leftSection={<IconUserPlus {...icon} />}
      onClick={() => setInviting(true)}
    >
      {t("users.invite")}
    </GuardedButton>
  );
  return (
    <SettingsPage page="users" actions={invite}>
      {!can("users.edit") && (
        <Note>
          <MissingPermission permission="users.edit" />
        </Note>
      )}
      {roles.isError && <ErrorState error={roles.error} onRetry={() => void roles.refetch()} />}
      {roles.isPending && <LoadingRows />}
      {roles.data && can("users.edit") && <People roles={roles.data.roles} />}
      {roles.data && <Roles roles={roles.data.roles} />}
      <InvitePanel opened={inviting} onClose={() => setInviting(false)} roles={roles.data?.roles ?? []} />
    </SettingsPage>
  );
}

function useRoles() {
  return useQuery({
    queryKey: ["users", "roles"],
    queryFn: ({ signal }) => call("GET /api/roles", {}, { signal }),
  });
}

function People({ roles }: { readonly roles: readonly Role[] }) {
  const { t } = useTranslation("accounts");
  const people = useQuery({
    queryKey: ["users", "people"],
    queryFn: ({ signal }) => call("GET /api/users", {}, { signal }),
  });
  const requests = useQuery({
    queryKey: ["users", "requests"],
    queryFn: ({ signal }) => call("GET /api/requests", {}, { signal }),
  });
  if (people.isError && people.data === undefined)
    return <ErrorState error={people.error} onRetry={() => void people.refetch()} />;
  if (people.data === undefined) return <LoadingRows />;
  const { users, invitations } = people.data;
  const asked = requests.data?.requests ?? [];
  return (
    <>
      {asked.length > 0 && (
        <Section title={t("requests.title")} aside={asked.length}>
          <RequestRows requests={asked} roles={roles} />
        </Section>
      )}
      <Section title={t("users.title")} aside={users.length}>
        <UserRows users={users} roles={roles} />
      </Section>
      {invitations.length > 0 && (
        <Section title={t("users.invited")} aside={invitations.length}>
          <InvitationRows invitations={invitations} roles={roles} />
        </Section>
      )}
    </>
  );
}

function Roles({ roles }: { readonly roles: readonly Role[] }) {
  const { t } = useTranslation("accounts");
  const { can } = useMe();
  const [editing, setEditing] = useState<Role | "new" | null>(null);
  const add = can("users.edit") && (
    <Button variant="default" size="sm" onClick={() => setEditing("new")}>
      {t("roles.new")}
    </Button>
  );
  return (
    <Section title={t("roles.title")} aside={add}>
      <RoleRows roles={roles} editing={editing} onEdit={setEditing} />
    </Section>
  );
}
