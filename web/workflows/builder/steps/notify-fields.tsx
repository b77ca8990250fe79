import { Checkbox, MultiSelect, Select, Textarea, TextInput } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { permissions } from "../../../../contract/permissions.ts";
import { call } from "../../../api.ts";
import type { StepOf } from "../edits/definition.ts";
import type { StepFieldProps } from "./step-field-props.ts";

type To = StepOf<"notify">["to"];
const kinds = ["owner", "users", "permission"] as const;
type Kind = (typeof kinds)[number];
const starts: Record<Kind, To> = {
  owner: { owner: true },
  users: { userIds: [] },
  permission: { permission: "marketing-contacts.edit" },
};

const membersQuery = queryOptions({
  queryKey: ["members"],
  queryFn: ({ signal }) => call("GET /api/members", {}, { signal }),
  staleTime: 60_000,
});

/** Whom to tell, and what. */
export function NotifyFields({ step, change, problem }: StepFieldProps<"notify">) {
  const { t } = useTranslation("workflow-builder");
  const { to } = step;
  const kind: Kind = "owner" in to ? "owner" : "userIds" in to ? "users" : "permission";
  return (
    <>
      <Select
        label={t("notify.to")}
        data={kinds.map((value) => ({ value, label: t(`notify.${value}`) }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => {
          const next = kinds.find((each) => each === value);
          if (next && next !== kind) change({ ...step, to: starts[next] }, "to");
        }}
      />
      <Whom to={to} error={problem("to")} onChange={(next) => change({ ...step, to: next }, "to")} />
      <TextInput
        label={t("notify.title")}
        maxLength={200}
        data-autofocus={step.title === "" || undefined}
        value={step.title}
        error={problem("title")}
        onChange={(event) => change({ ...step, title: event.currentTarget.value }, "title")}
      />
      <Textarea
        label={t("notify.text")}
        description={t("notify.help", { example: "{firstname}" })}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={2_000}
        value={step.text}
        onChange={(event) => change({ ...step, text: event.currentTarget.value }, "text")}
      />
      <Checkbox
        label={t("notify.mail")}
        checked={step.mail}
        onChange={(event) => change({ ...step, mail: event.currentTarget.checked }, "mail")}
      />
    </>
  );
}

interface WhomProps {
  readonly to: To;
  readonly error: string | undefined;
  readonly onChange: (to: To) => void;
}

function Whom({ to, error, onChange }: WhomProps) {
  const { t } = useTranslation("workflow-builder");
  const { data } = useQuery({ ...membersQuery, enabled: "userIds" in to });
  if ("userIds" in to) {
    const members = data?.members ?? [];
    const gone = to.userIds.filter((id) => data && !members.some((member) => member.id === id));
    return (
      <MultiSelect
        label={t("notify.people")}
        placeholder={to.userIds.length === 0 ? t("field.choose") : ""}
        searchable
        error={error}
        data={[
          ...members.map(({ id, name }) => ({ value: id, label: name })),
          ...gone.map((id) => ({ value: id, label: t("notify.gone") })),
        ]}
        value={to.userIds}
        onChange={(userIds) => onChange({ userIds })}
      />
    );
  }
  if ("owner" in to) return null;
  return (
    <Select
      label={t("notify.permissionLabel")}
      data={permissions.map((value) => ({ value, label: t(`ui:permission.${value.replace(".", "-")}`) }))}
      value={to.permission}
      allowDeselect={false}
      onChange={(value) => {
        const permission = permissions.find((each) => each === value);
        if (permission) onChange({ permission });
      }}
    />
  );
}
