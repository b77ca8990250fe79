import { Select } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { useMe } from "../session.ts";
import { CopyField } from "../ui/copy-field.tsx";
import { Note } from "../ui/note.tsx";
import { PanelForm, PanelResult } from "../ui/panel-form.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { LoadingRows } from "../ui/states.tsx";
import { Email } from "./fields.tsx";
import { type Role, useRoleNames } from "./role-name.ts";
import { useChange } from "./use-change.ts";

interface InvitePanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly roles: readonly Role[];
}

/** Asks for an address and a role, then shows the link to send. */
export function InvitePanel({ opened, onClose, roles }: InvitePanelProps) {
  const { t } = useTranslation("accounts");
  return (
    <SidePanel opened={opened} onClose={onClose} title={t("users.inviteTitle")}>
      {/* The role that is proposed is among those that are still coming. */}
      {opened && (roles.length === 0 ? <LoadingRows rows={2} /> : <Invite roles={roles} onClose={onClose} />)}
    </SidePanel>
  );
}

function Invite({ roles, onClose }: { readonly roles: readonly Role[]; readonly onClose: () => void }) {
  const { t } = useTranslation("accounts");
  const names = useRoleNames();
  const { can } = useMe();
  const given = roles.filter(({ permissions }) => permissions.every(can));
  const form = useForm({
    initialValues: { email: "", roleId: given.find(({ key }) => key === "viewer")?.id ?? "" },
  });
  const invite = useChange((input: { email: string; roleId: string }) =>
    call("POST /api/invitations", input),
  );
  if (invite.data) {
    return (
      <PanelResult onClose={onClose} verb={t("done")}>
        <Note kind="good" title={t("users.linkMade")}>
          {t(invite.data.mailed ? "users.mailed" : "users.linkHelp", { email: form.values.email })}
        </Note>
        <CopyField label={t("users.link")} value={`${window.location.origin}${invite.data.path}`} />
      </PanelResult>
    );
  }
  return (
    <PanelForm
      onSubmit={form.onSubmit((values) => invite.mutate(values))}
      onClose={onClose}
      verb={t("users.makeLink")}
      busy={invite.isPending}
      error={invite.error}
    >
      <Email data-autofocus autoComplete="off" {...form.getInputProps("email")} />
      <Select
        label={t("users.role")}
        description={t("users.roleHelp")}
        data={given.map((role) => ({ value: role.id, label: names.role(role) }))}
        allowDeselect={false}
        required
        withAsterisk={false}
        {...form.getInputProps("roleId")}
      />
    </PanelForm>
  );
}
