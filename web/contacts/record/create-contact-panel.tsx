import { Anchor, Button, Checkbox, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call } from "../../api.ts";
import { propertiesQuery } from "../../filters/use-filter-fields.ts";
import { type Property, PropertyField } from "../../properties/property-field.tsx";
import { useMe } from "../../session.ts";
import { MissingPermission } from "../../ui/guarded-button.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { FormError, LoadingRows } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast-store.ts";
import { useContactChange } from "./contact-queries.ts";
import classes from "./record.module.css";

interface CreateContactPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes a contact by hand without leaving the page. */
export function CreateContactPanel({ opened, onClose }: CreateContactPanelProps) {
  const { t } = useTranslation("contact");
  const { data } = useQuery({ ...propertiesQuery, enabled: opened });
  const [round, setRound] = useState(0);
  return (
    <SidePanel opened={opened} onClose={onClose} title={t("create.title")}>
      {opened && !data && <LoadingRows rows={6} />}
      {opened && data && (
        <CreateForm
          key={round}
          properties={data.properties.filter((property) => !property.readOnly)}
          onClose={onClose}
          onAnother={() => setRound(round + 1)}
        />
      )}
    </SidePanel>
  );
}

const firstFields = [
  "email",
  "firstname",
  "lastname",
  "phone",
  "company",
  "jobtitle",
  "lifecyclestage",
  "hubspot_owner_id",
];

interface CreateFormProps {
  readonly properties: readonly Property[];
  readonly onClose: () => void;
  readonly onAnother: () => void;
}

function CreateForm({ properties, onClose, onAnother }: CreateFormProps) {
  const { t } = useTranslation("contact");
  const [shown, setShown] = useState<readonly string[]>(firstFields);
  const [values, setValues] = useState<Record<string, string>>({});
  const [marketing, setMarketing] = useState(false);
  const create = useCreate();
  const fields = shown.flatMap((name) => properties.find((property) => property.name === name) ?? []);
  const submit = (done: () => void) =>
    create.mutate({ properties: filled(values), marketing }, { onSuccess: done });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit(onClose);
  };
  const bad = create.error instanceof ApiError ? create.error : null;
  return (
    <form className={classes["form"]} onSubmit={onSubmit} noValidate>
      {fields.map((property, place) => (
        <PropertyField
          key={property.name}
          property={property}
          value={values[property.name] ?? ""}
          onChange={(value) => setValues((known) => ({ ...known, [property.name]: value }))}
          autoFocus={place === 0}
          error={bad?.details["property"] === property.name ? <Problem error={bad} /> : undefined}
        />
      ))}
      <MoreFields properties={properties} shown={shown} onAdd={(name) => setShown([...shown, name])} />
      <MarketingField checked={marketing} onChange={setMarketing} />
      {bad?.details["property"] === undefined && <FormError error={create.error} />}
      <div className={classes["footer"]}>
        <Button type="submit" loading={create.isPending}>
          {t("create.verb")}
        </Button>
        <Button variant="default" disabled={create.isPending} onClick={() => submit(onAnother)}>
          {t("create.another")}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {t("ui:cancel")}
        </Button>
      </div>
    </form>
  );
}

function useCreate() {
  const { t } = useTranslation("contact");
  const navigate = useNavigate();
  return useContactChange(
    (input: { properties: Record<string, string>; marketing: boolean }) => call("POST /api/contacts", input),
    {
      onDone: ({ id, outcome }) => {
        showToast({
          title: t(outcome === "set_marketing" ? "create.doneMarketing" : "create.done"),
          detail: isKept(outcome) ? t(`create.${kept[outcome]}`) : undefined,
          action: {
            label: t("create.open"),
            onClick: () => void navigate({ to: "/contacts/$contactId", params: { contactId: id } }),
          },
        });
      },
    },
  );
}

/** Why the new contact is not marketing although it was asked for. */
const kept = { skipped: "protected", held: "held", refused: "refused" } as const;

function isKept(outcome: string | null): outcome is keyof typeof kept {
  return outcome !== null && outcome in kept;
}

function filled(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
}

/** The refusal, with the way to the contact that has the address already. */
function Problem({ error }: { readonly error: ApiError }) {
  const { t } = useTranslation("contact");
  const contactId = error.details["contactId"];
  if (typeof contactId !== "string") return error.message;
  return (
    <>
      {error.message}{" "}
      <Anchor component={Link} to={`/contacts/${contactId}`} inherit>
        {t("create.openOther")}
      </Anchor>
    </>
  );
}

interface MoreFieldsProps {
  readonly properties: readonly Property[];
  readonly shown: readonly string[];
  readonly onAdd: (name: string) => void;
}

function MoreFields({ properties, shown, onAdd }: MoreFieldsProps) {
  const { t } = useTranslation("contact");
  const others = properties.filter(({ name }) => !shown.includes(name));
  return (
    <Select
      label={t("create.more")}
      placeholder={t("create.moreHint")}
      searchable
      value={null}
      data={others.map(({ name, label }) => ({ value: name, label }))}
      onChange={(name) => name !== null && onAdd(name)}
    />
  );
}

interface MarketingFieldProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function MarketingField({ checked, onChange }: MarketingFieldProps) {
  const { t } = useTranslation("contact");
  const { can } = useMe();
  const allowed = can("marketing-contacts.edit");
  return (
    <Checkbox
      label={t("create.marketing")}
      description={
        allowed ? t("create.marketingHelp") : <MissingPermission permission="marketing-contacts.edit" />
      }
      checked={checked}
      disabled={!allowed}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
