import { Autocomplete, Radio, Select, Stack, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TimeZoneSelect } from "../accounts/fields.tsx";
import { Note } from "../ui/note.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { FormPart } from "../ui/panel-form.tsx";
import classes from "./billing.module.css";
import type { BillingForm } from "./billing-form.ts";

const countings = ["vendor", "clients", "count"] as const;
const plans = ["starter", "professional", "enterprise"] as const;
const terms = ["monthly", "yearly"] as const;
const currencies = ["EUR", "USD", "SEK", "PLN"];

interface BillingFieldsProps {
  readonly form: BillingForm;
  /** What the change would cost, below what it depends on. */
  readonly quote: ReactNode;
}

export function BillingFields({ form, quote }: BillingFieldsProps) {
  const { t } = useTranslation("billing");
  return (
    <>
      <FormPart title={t("plan.title")}>
        <Radio.Group label={t("plan.counting")} {...form.getInputProps("counting")}>
          <Stack gap="sm" mt="sm">
            {countings.map((value) => (
              <Radio key={value} value={value} label={t(`counting.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {form.values.counting !== "count" && <PaidFields form={form} />}
        {quote}
      </FormPart>
      <FormPart title={t("edit.growth")}>
        <GrowthFields form={form} />
      </FormPart>
      <FormPart title={t("edit.updates")}>
        <UpdateFields form={form} />
      </FormPart>
    </>
  );
}

/** When the contract renews, and with it when contacts that wait stop counting. */
function UpdateFields({ form }: { readonly form: BillingForm }) {
  const { t } = useTranslation("billing");
  const moves = ["term", "renewalOn", "timeZone"].some((field) => form.isDirty(field));
  return (
    <>
      <Select
        label={t("plan.term")}
        description={t(`termHelp.${form.values.term}`)}
        data={terms.map((value) => ({ value, label: t(`term.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps("term")}
      />
      <TextInput
        type="date"
        label={t("plan.renewal")}
        description={t("edit.renewalHelp")}
        required
        withAsterisk={false}
        {...form.getInputProps("renewalOn")}
      />
      <TimeZoneSelect {...form.getInputProps("timeZone")} />
      {moves && <Note kind="date">{t("edit.moves")}</Note>}
    </>
  );
}

const policies = ["hold", "move_up", "refuse"] as const;

/** What becomes of contacts beyond the limit. Without a limit only a maximum ends growth. */
function GrowthFields({ form }: { readonly form: BillingForm }) {
  const { t } = useTranslation("billing");
  return (
    <>
      {form.values.counting !== "count" && (
        <Radio.Group label={t("policy.label")} {...form.getInputProps("policy")}>
          <Stack gap="sm" mt="sm">
            {policies.map((value) => (
              <Radio key={value} value={value} label={t(`policy.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <NumberField
        label={t("maximum.label")}
        description={t("maximum.help")}
        min={0}
        max={1_000_000_000}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        {...form.getInputProps("maximum")}
      />
    </>
  );
}

function PaidFields({ form }: { readonly form: BillingForm }) {
  const { t } = useTranslation("billing");
  const known = [...new Set([...currencies, form.values.currency])];
  return (
    <>
      <div className={classes["pair"]}>
        <Select
          label={t("plan.name")}
          data={plans.map((value) => ({ value, label: t(`planName.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps("plan")}
        />
        <Autocomplete
          label={t("edit.currency")}
          data={known}
          maxLength={3}
          required
          withAsterisk={false}
          {...form.getInputProps("currency")}
        />
      </div>
      <NumberField
        label={t("plan.tier")}
        description={t("edit.tierHelp")}
        min={1}
        max={1_000_000_000}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        required
        withAsterisk={false}
        {...form.getInputProps("tier")}
      />
    </>
  );
}
