import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { propertiesQuery } from "../../filters/use-filter-fields.ts";
import { PropertyField } from "../../properties/property-field.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { type BulkDialogProps, useBulkStart } from "./bulk-dialog.ts";

/** Gives one property the same value for everybody who is ticked; an empty value clears it. */
export function EditPropertyDialog(props: BulkDialogProps) {
  const { opened, onClose, selection, about, everybody, count } = props;
  const { t } = useTranslation("contacts-index");
  const format = useFormat();
  const { data } = useQuery(propertiesQuery);
  const [name, setName] = useState<string | null>(null);
  const [value, setValue] = useState("");
  const editable =
    data?.properties.filter(({ readOnly, hasUniqueValue }) => !readOnly && !hasUniqueValue) ?? [];
  const property = editable.find((each) => each.name === name);
  const start = useBulkStart(props, (property: string) =>
    call("POST /api/contacts/bulk/edit-property", {
      selection,
      expect: count,
      property,
      value: value === "" ? null : value,
    }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("editTitle", { count, number: format.number(count) })}
      subtitle={about}
      verb={property && value === "" ? t("clearValue") : t("save")}
      busy={start.isPending}
      error={start.error}
      blocked={property === undefined}
      tick={everybody ? t("everybody") : undefined}
      onConfirm={() => property && start.mutate(property.name)}
    >
      <Select
        label={t("property")}
        placeholder={t("choose")}
        searchable
        data-autofocus
        data={editable.map((each) => ({ value: each.name, label: each.label }))}
        value={name}
        onChange={(next) => {
          setName(next);
          setValue("");
        }}
      />
      {property && (
        <PropertyField key={property.name} property={property} value={value} onChange={setValue} />
      )}
    </ConfirmDialog>
  );
}
