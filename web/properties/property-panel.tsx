import { Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../api.ts";
import { PanelForm } from "../ui/panel-form.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { type Option, OptionsEditor } from "./options-editor.tsx";
import type { Property } from "./property-field.tsx";
import { type Kind, kindOf, kinds } from "./property-rows.tsx";
import { usePropertyChange } from "./use-property-change.ts";

type Groups = Reply<"GET /api/properties">["groups"];

interface PropertyPanelProps {
  readonly property: Property | "new" | null;
  readonly groups: Groups;
  readonly onClose: () => void;
}

/** Makes or changes a property of the account's own. */
export function PropertyPanel({ property, groups, onClose }: PropertyPanelProps) {
  const { t } = useTranslation("properties");
  return (
    <SidePanel
      opened={property !== null}
      onClose={onClose}
      title={t(property === "new" ? "new" : "editTitle")}
    >
      {property !== null && (
        <PropertyForm property={property === "new" ? null : property} groups={groups} onClose={onClose} />
      )}
    </SidePanel>
  );
}

interface Values {
  readonly label: string;
  readonly description: string;
  readonly groupName: string;
  readonly kind: Kind;
  readonly options: readonly Option[];
  readonly hasUniqueValue: boolean;
}

interface PropertyFormProps {
  readonly property: Property | null;
  readonly groups: Groups;
  readonly onClose: () => void;
}

function PropertyForm({ property, groups, onClose }: PropertyFormProps) {
  const { t } = useTranslation("properties");
  const form = useForm<Values>({ initialValues: startOf(property) });
  const save = usePropertyChange<Values, unknown>((values) => send(property, values), {
    done: () => t("saved", { name: form.values.label }),
    onDone: onClose,
  });
  return (
    <PanelForm
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      onClose={onClose}
      verb={t("save")}
      busy={save.isPending}
      error={save.error}
    >
      <TextInput
        label={t("label")}
        description={property?.name}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
        {...form.getInputProps("label")}
      />
      <Textarea
        label={t("description")}
        autosize
        minRows={2}
        maxLength={1000}
        {...form.getInputProps("description")}
      />
      <Select
        label={t("group.label")}
        allowDeselect={false}
        data={groups.map(({ name, label }) => ({ value: name, label }))}
        {...form.getInputProps("groupName")}
      />
      <KindFields form={form} isNew={property === null} offered={offeredKinds(property)} />
    </PanelForm>
  );
}

interface KindFieldsProps {
  readonly form: UseFormReturnType<Values>;
  readonly isNew: boolean;
  readonly offered: readonly Kind[];
}

function KindFields({ form, isNew, offered }: KindFieldsProps) {
  const { t } = useTranslation("properties");
  const { kind, options, hasUniqueValue } = form.values;
  const { type } = kinds[kind];
  return (
    <>
      <Select
        label={t("type")}
        description={isNew ? t("typeHelp") : undefined}
        allowDeselect={false}
        disabled={offered.length === 1}
        data={offered.map((value) => ({ value, label: t(`kind.${value}`) }))}
        {...form.getInputProps("kind")}
      />
      {type === "enumeration" && (
        <OptionsEditor options={options} onChange={(next) => form.setFieldValue("options", next)} />
      )}
      {isNew && (type === "string" || type === "number") && (
        <Checkbox
          label={t("uniqueLabel")}
          description={t("uniqueHelp")}
          checked={hasUniqueValue}
          onChange={(event) => form.setFieldValue("hasUniqueValue", event.currentTarget.checked)}
        />
      )}
    </>
  );
}

function startOf(property: Property | null): Values {
  if (property === null) {
    const options = [{ value: "", label: "", hidden: false }];
    return {
      label: "",
      description: "",
      groupName: "contactinformation",
      kind: "text",
      options,
      hasUniqueValue: false,
    };
  }
  const { label, description, groupName, options, hasUniqueValue } = property;
  return { label, description, groupName, kind: kindOf(property), options, hasUniqueValue };
}

/** The type stays as it was made; several choices never become one. */
function offeredKinds(property: Property | null): Kind[] {
  const all = Object.keys(kinds) as Kind[];
  if (property === null) return all;
  if (property.fieldType === "checkbox") return ["checkbox"];
  return all.filter((kind) => kinds[kind].type === property.type);
}

function send(property: Property | null, values: Values): Promise<unknown> {
  const { kind, options, hasUniqueValue, ...rest } = values;
  const { type, fieldType } = kinds[kind];
  const choice = type === "enumeration" ? options.filter(({ label }) => label.trim() !== "") : [];
  if (property === null) {
    const unique = hasUniqueValue && (type === "string" || type === "number");
    return call("POST /api/properties", {
      ...rest,
      type,
      fieldType,
      options: choice,
      hasUniqueValue: unique,
    });
  }
  const changed = type === "enumeration" ? { options: choice } : {};
  return call("PATCH /api/properties/:name", { name: property.name, ...rest, fieldType, ...changed });
}
