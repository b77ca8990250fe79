import { TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { FilterEditor } from "../../filters/filter-editor.tsx";
import { everybody, type Filter, isEmpty } from "../../filters/filter-field.ts";
import { useFilterFields } from "../../filters/use-filter-fields.ts";
import { useFormat } from "../../ui/format.ts";
import { PanelForm } from "../../ui/panel-form.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import classes from "./wizard.module.css";

interface NewListPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (listId: string) => void;
}

/** Makes an active list without leaving the wizard; it is then chosen. */
export function NewListPanel({ opened, onClose, onMade }: NewListPanelProps) {
  const { t } = useTranslation("cleanup");
  return (
    <SidePanel opened={opened} onClose={onClose} title={t("list.new")}>
      {opened && <Form onClose={onClose} onMade={onMade} />}
    </SidePanel>
  );
}

function Form({ onClose, onMade }: Omit<NewListPanelProps, "opened">) {
  const { t } = useTranslation("cleanup");
  const queryClient = useQueryClient();
  const fields = useFilterFields();
  const [name, setName] = useState("");
  const [filter, setFilter] = useState<Filter>(everybody);
  const create = useMutation({
    mutationFn: () => call("POST /api/lists", { name: name.trim(), type: "active", filter }),
    onSuccess: async ({ list }) => {
      onMade(list.id);
      onClose();
      await queryClient.invalidateQueries({ queryKey: ["lists"] });
    },
  });
  return (
    <PanelForm
      verb={t("list.create")}
      busy={create.isPending}
      disabled={name.trim() === "" || isEmpty(filter)}
      error={create.error}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <TextInput
        label={t("list.name")}
        maxLength={100}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {fields.size > 0 && <FilterEditor fields={fields} filter={filter} onChange={setFilter} />}
      <Matching filter={filter} />
    </PanelForm>
  );
}

function Matching({ filter }: { readonly filter: Filter }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ["contacts", "count", filter],
    queryFn: ({ signal }) => call("POST /api/contacts/count", { filter }, { signal }),
    enabled: !isEmpty(filter),
  });
  if (isEmpty(filter)) return null;
  const number = data === undefined ? "…" : format.number(data.total);
  return <p className={classes["lead"]}>{t("contacts", { count: data?.total ?? 0, number })}</p>;
}
