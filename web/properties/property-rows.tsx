import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { useMe } from "../session.ts";
import { Badge } from "../ui/badge.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import classes from "../ui/rows.module.css";
import type { Property } from "./property-field.tsx";
import { usePropertyChange } from "./use-property-change.ts";

interface PropertyRowsProps {
  readonly properties: readonly Property[];
  readonly onEdit: (property: Property) => void;
}

export function PropertyRows({ properties, onEdit }: PropertyRowsProps) {
  return (
    <ul className={classes["rows"]}>
      {properties.map((property) => (
        <li key={property.name}>
          <PropertyRow property={property} onEdit={onEdit} />
        </li>
      ))}
    </ul>
  );
}

interface PropertyRowProps {
  readonly property: Property;
  readonly onEdit: (property: Property) => void;
}

function PropertyRow({ property, onEdit }: PropertyRowProps) {
  const { t } = useTranslation("properties");
  const { can } = useMe();
  const [archiving, setArchiving] = useState(false);
  const { name, label } = property;
  const archive = usePropertyChange(() => call("DELETE /api/properties/:name", { name }), {
    done: () => t("archived.done", { name: label }),
    onDone: () => setArchiving(false),
  });
  return (
    <>
      <Described property={property} />
      {!property.builtIn && can("properties.edit") && (
        <div className={classes["end"]}>
          <Button
            variant="default"
            size="sm"
            aria-label={t("editName", { name: label })}
            onClick={() => onEdit(property)}
          >
            {t("edit")}
          </Button>
          <Button
            variant="subtle"
            size="sm"
            aria-label={t("archived.archiveName", { name: label })}
            onClick={() => setArchiving(true)}
          >
            {t("archived.archive")}
          </Button>
        </div>
      )}
      <ConfirmDialog
        opened={archiving}
        onClose={() => setArchiving(false)}
        title={t("archived.archiveName", { name: label })}
        verb={t("archived.archive")}
        busy={archive.isPending}
        error={archive.error}
        onConfirm={() => archive.mutate(undefined)}
      >
        <p>{t("archived.help")}</p>
      </ConfirmDialog>
    </>
  );
}

/** A property's label with its name and type below. */
export function Described({ property }: { readonly property: Property }) {
  const { t } = useTranslation("properties");
  return (
    <div className={classes["main"]}>
      <span className={classes["name"]}>
        {property.label}
        {property.readOnly && <Badge>{t("readOnly")}</Badge>}
        {property.hasUniqueValue && <Badge>{t("unique")}</Badge>}
      </span>
      <span className={classes["detail"]}>
        {property.name} · {t(`kind.${kindOf(property)}`)}
      </span>
      {property.description !== "" && <span className={classes["detail"]}>{property.description}</span>}
    </div>
  );
}

export const kinds = {
  text: { type: "string", fieldType: "text" },
  textarea: { type: "string", fieldType: "textarea" },
  phonenumber: { type: "string", fieldType: "phonenumber" },
  number: { type: "number", fieldType: "number" },
  bool: { type: "bool", fieldType: "booleancheckbox" },
  date: { type: "date", fieldType: "date" },
  datetime: { type: "datetime", fieldType: "date" },
  select: { type: "enumeration", fieldType: "select" },
  radio: { type: "enumeration", fieldType: "radio" },
  checkbox: { type: "enumeration", fieldType: "checkbox" },
} as const satisfies Record<string, Pick<Property, "type" | "fieldType">>;
export type Kind = keyof typeof kinds;

/** Type and field in one word, as people choose it. */
export function kindOf({ type, fieldType }: Pick<Property, "type" | "fieldType">): Kind {
  const found = (Object.keys(kinds) as Kind[]).find(
    (kind) => kinds[kind].type === type && kinds[kind].fieldType === fieldType,
  );
  return found ?? "select";
}
