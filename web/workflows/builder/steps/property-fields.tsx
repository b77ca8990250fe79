import { useTranslation } from "react-i18next";
import { PropertyField } from "../../../properties/property-field.tsx";
import { isWritable, PropertySelect, useProperties } from "./property-select.tsx";
import type { StepFieldProps } from "./step-field-props.ts";

export function SetPropertyFields({ step, change, problem }: StepFieldProps<"set_property">) {
  const { t } = useTranslation("workflow-builder");
  const { properties } = useProperties();
  const property = properties.find(({ name }) => name === step.propertyName);
  return (
    <>
      <PropertySelect
        label={t("field.property")}
        autoFocus={step.propertyName === ""}
        value={step.propertyName}
        offered={isWritable}
        error={problem("propertyName")}
        onChange={(propertyName) => change({ ...step, propertyName, value: "" }, "propertyName")}
      />
      {property && (
        <PropertyField
          key={property.name}
          property={{ ...property, label: t("field.valueOf", { property: property.label }) }}
          value={step.value}
          error={problem("value")}
          onChange={(value) => change({ ...step, value }, "value")}
        />
      )}
    </>
  );
}

export function CopyPropertyFields({ step, change, problem }: StepFieldProps<"copy_property">) {
  const { t } = useTranslation("workflow-builder");
  return (
    <>
      <PropertySelect
        label={t("field.from")}
        autoFocus={step.from === ""}
        value={step.from}
        error={problem("from")}
        onChange={(from) => change({ ...step, from }, "from")}
      />
      <PropertySelect
        label={t("field.to")}
        description={t("field.copyHelp")}
        value={step.to}
        offered={isWritable}
        error={problem("to")}
        onChange={(to) => change({ ...step, to }, "to")}
      />
    </>
  );
}

export function ClearPropertyFields({ step, change, problem }: StepFieldProps<"clear_property">) {
  const { t } = useTranslation("workflow-builder");
  return (
    <PropertySelect
      label={t("field.property")}
      autoFocus={step.propertyName === ""}
      value={step.propertyName}
      offered={isWritable}
      error={problem("propertyName")}
      onChange={(propertyName) => change({ ...step, propertyName }, "propertyName")}
    />
  );
}
