import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../api.ts";
import { PanelForm } from "../ui/panel-form.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { usePropertyChange } from "./use-property-change.ts";

export type Group = Reply<"GET /api/properties">["groups"][number];

interface GroupPanelProps {
  readonly group: Group | "new" | null;
  readonly onClose: () => void;
}

/** Makes, renames or removes a property group of the account's own. */
export function GroupPanel({ group, onClose }: GroupPanelProps) {
  const { t } = useTranslation("properties");
  return (
    <SidePanel
      opened={group !== null}
      onClose={onClose}
      title={t(group === "new" ? "group.new" : "group.editTitle")}
    >
      {group !== null && <GroupForm group={group === "new" ? null : group} onClose={onClose} />}
    </SidePanel>
  );
}

function GroupForm({ group, onClose }: { readonly group: Group | null; readonly onClose: () => void }) {
  const { t } = useTranslation("properties");
  const [label, setLabel] = useState(group?.label ?? "");
  const save = usePropertyChange<undefined, unknown>(
    () =>
      group
        ? call("PATCH /api/property-groups/:name", { name: group.name, label })
        : call("POST /api/property-groups", { label }),
    { done: () => t("saved", { name: label }), onDone: onClose },
  );
  const remove = usePropertyChange(
    () => call("DELETE /api/property-groups/:name", { name: group?.name ?? "" }),
    {
      done: () => t("group.deleted"),
      onDone: onClose,
    },
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <PanelForm
      onSubmit={onSubmit}
      onClose={onClose}
      verb={t("save")}
      busy={save.isPending}
      error={save.error ?? remove.error}
      more={
        group && (
          <Button variant="subtle" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
            {t("group.delete")}
          </Button>
        )
      }
    >
      <TextInput
        label={t("group.name")}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
    </PanelForm>
  );
}
