import { Checkbox, MultiSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "../panel/panel.module.css";
import { useProperties } from "./property-select.tsx";
import type { StepFieldProps } from "./step-field-props.ts";
import { WebhookSecret } from "./webhook-secret.tsx";

/** Where to send what. */
export function WebhookFields({ step, change, problem }: StepFieldProps<"webhook">) {
  const { t } = useTranslation("workflow-builder");
  const { properties } = useProperties();
  const gone = step.properties.filter((name) => !properties.some((property) => property.name === name));
  return (
    <>
      <TextInput
        type="url"
        label={t("webhook.url")}
        description={t("webhook.urlHelp")}
        placeholder="https://"
        maxLength={2_000}
        data-autofocus={step.url === "" || undefined}
        value={step.url}
        error={problem("url")}
        onChange={(event) => change({ ...step, url: event.currentTarget.value }, "url")}
      />
      <MultiSelect
        label={t("webhook.properties")}
        description={t("webhook.propertiesHelp")}
        placeholder={step.properties.length === 0 ? t("field.choose") : ""}
        searchable
        error={problem("properties")}
        data={[
          ...properties.map(({ name, label }) => ({ value: name, label })),
          ...gone.map((name) => ({ value: name, label: name })),
        ]}
        value={step.properties}
        onChange={(next) => change({ ...step, properties: next }, "properties")}
      />
      <Checkbox
        label={t("webhook.marketingTool")}
        description={t("webhook.marketingToolHelp")}
        checked={step.marketingTool}
        onChange={(event) => {
          const marketingTool = event.currentTarget.checked;
          change({ ...step, marketingTool, ...(!marketingTool && { skipped: null }) }, "marketingTool");
        }}
      />
      <p className={classes["hint"]}>{t("webhook.help")}</p>
      <WebhookSecret />
    </>
  );
}
