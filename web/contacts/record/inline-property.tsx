import { Button, UnstyledButton } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { type Property, PropertyField } from "../../properties/property-field.tsx";
import { useValueText } from "../../properties/use-value-text.ts";
import { useMe } from "../../session.ts";
import { useErrorText } from "../../ui/states.tsx";
import { type Contact, useContactChange } from "./contact-queries.ts";
import classes from "./record.module.css";

interface InlinePropertyProps {
  readonly contact: Contact;
  readonly property: Property;
}

/** A value that turns into its field when it is clicked. */
export function InlineProperty({ contact, property }: InlinePropertyProps) {
  const { can } = useMe();
  const [editing, setEditing] = useState(false);
  const value = contact.properties[property.name] ?? "";
  const fixed = property.readOnly || contact.deletedAt !== null || !can("contacts.edit");
  return (
    <div className={classes["row"]}>
      <dt>{property.label}</dt>
      <dd>
        {editing && !fixed ? (
          <EditValue contact={contact} property={property} value={value} onClose={() => setEditing(false)} />
        ) : (
          <ShowValue property={property} value={value} onEdit={fixed ? undefined : () => setEditing(true)} />
        )}
      </dd>
    </div>
  );
}

interface ShowValueProps {
  readonly property: Property;
  readonly value: string;
  readonly onEdit: (() => void) | undefined;
}

function ShowValue({ property, value, onEdit }: ShowValueProps) {
  const { t } = useTranslation("contact");
  const write = useValueText();
  const text = value === "" ? "–" : write(property, value);
  const shown = value === "" ? <span className={classes["empty"]}>{text}</span> : text;
  if (!onEdit) return shown;
  return (
    <UnstyledButton
      className={classes["value"]}
      aria-label={t("properties.edit", { name: property.label, value: text })}
      onClick={onEdit}
    >
      {shown}
    </UnstyledButton>
  );
}

interface EditValueProps extends InlinePropertyProps {
  readonly value: string;
  readonly onClose: () => void;
}

/** Enter saves, Esc gives up. */
function EditValue({ contact, property, value, onClose }: EditValueProps) {
  const { t } = useTranslation("contact");
  const errorText = useErrorText();
  const [draft, setDraft] = useState(value);
  const save = useContactChange(
    (next: string) =>
      call("PATCH /api/contacts/:contactId", {
        contactId: contact.id,
        properties: { [property.name]: next.trim() === "" ? null : next },
      }),
    { onDone: onClose },
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (draft === value) onClose();
    else save.mutate(draft);
  };
  return (
    <form
      className={classes["edit"]}
      noValidate
      onSubmit={onSubmit}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <PropertyField
        property={property}
        value={draft}
        onChange={setDraft}
        hideLabel
        autoFocus
        error={save.error ? errorText(save.error) : undefined}
      />
      <div className={classes["buttons"]}>
        <Button size="sm" type="submit" loading={save.isPending}>
          {t("save")}
        </Button>
        <Button size="sm" variant="subtle" onClick={onClose}>
          {t("ui:cancel")}
        </Button>
      </div>
    </form>
  );
}
