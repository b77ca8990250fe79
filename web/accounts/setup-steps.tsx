import { Checkbox, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NumberField } from "../ui/number-field.tsx";
import { Email, LanguageSelect, NewPassword, PersonName, TimeZoneSelect } from "./fields.tsx";
import classes from "./gate.module.css";
import type { SetupForm } from "./setup-values.ts";

interface StepProps {
  readonly form: SetupForm;
}

const countings = ["vendor", "clients", "count"] as const;
const plans = ["starter", "professional", "enterprise"] as const;
const terms = ["monthly", "yearly"] as const;
const currencies = ["EUR", "USD", "SEK", "PLN"];

export function YouStep({ form }: StepProps) {
  return (
    <>
      <PersonName autoFocus {...form.getInputProps("name")} />
      <Email autoComplete="username" {...form.getInputProps("email")} />
      <NewPassword {...form.getInputProps("password")} />
    </>
  );
}

export function AccountStep({ form }: StepProps) {
  const { t } = useTranslation("accounts");
  return (
    <>
      <TextInput
        label={t("field.accountName")}
        description={t("field.accountNameHelp")}
        autoComplete="organization"
        maxLength={100}
        required
        withAsterisk={false}
        autoFocus
        {...form.getInputProps("account")}
      />
      <div className={classes["pair"]}>
        <TimeZoneSelect {...form.getInputProps("timeZone")} />
        <LanguageSelect {...form.getInputProps("language")} />
      </div>
    </>
  );
}

export function CountStep({ form }: StepProps) {
  const { t } = useTranslation("accounts");
  const { counting } = form.values;
  return (
    <>
      <Radio.Group label={t("count.question")} {...form.getInputProps("counting")}>
        <Stack gap="sm" mt="sm">
          {countings.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`count.${value}.label`)}
              description={t(`count.${value}.help`)}
              classNames={{ description: classes["indented"] ?? "" }}
            />
          ))}
        </Stack>
      </Radio.Group>
      {counting !== "count" && <PriceFields form={form} />}
      <TermFields form={form} />
      <Checkbox
        label={t("count.marketingContacts")}
        description={t("count.marketingContactsHelp")}
        classNames={{ description: classes["indented"] ?? "" }}
        {...form.getInputProps("marketingContacts", { type: "checkbox" })}
      />
    </>
  );
}

function PriceFields({ form }: StepProps) {
  const { t } = useTranslation("accounts");
  return (
    <>
      <div className={classes["pair"]}>
        <Select
          label={t("count.plan")}
          description={t(`count.planHelp.${form.values.plan}`)}
          data={plans.map((value) => ({ value, label: t(`count.planName.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps("plan")}
        />
        <NumberField
          label={t("count.tier")}
          description={t("count.tierHelp")}
          placeholder={t("count.tierIncluded")}
          min={1}
          max={1_000_000_000}
          allowDecimal={false}
          hideControls
          {...form.getInputProps("tier")}
        />
      </div>
      <Select
        label={t("count.currency")}
        data={currencies}
        allowDeselect={false}
        maw={120}
        {...form.getInputProps("currency")}
      />
      <GrowthFields form={form} />
    </>
  );
}

/** What becomes of contacts beyond the limit: one sentence each. */
function GrowthFields({ form }: StepProps) {
  const { t } = useTranslation("accounts");
  return (
    <>
      <Radio.Group label={t("billing:policy.label")} {...form.getInputProps("policy")}>
        <Stack gap="sm" mt="sm">
          {(["hold", "move_up", "refuse"] as const).map((value) => (
            <Radio key={value} value={value} label={t(`billing:policy.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <NumberField
        label={t("billing:maximum.label")}
        description={t("billing:maximum.help")}
        min={0}
        max={1_000_000_000}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        maw={280}
        {...form.getInputProps("maximum")}
      />
    </>
  );
}

function TermFields({ form }: StepProps) {
  const { t } = useTranslation("accounts");
  const monthly = form.values.term === "monthly";
  return (
    <div className={classes["pair"]}>
      <Select
        label={t("count.term")}
        data={terms.map((value) => ({ value, label: t(`count.termName.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps("term")}
      />
      {monthly ? (
        <NumberField
          label={t("count.renewalDay")}
          description={t("count.renewalDayHelp")}
          min={1}
          max={31}
          clampBehavior="strict"
          allowDecimal={false}
          required
          withAsterisk={false}
          {...form.getInputProps("renewalDay")}
        />
      ) : (
        <TextInput
          type="date"
          label={t("count.renewalDate")}
          description={t("count.renewalDateHelp")}
          required
          withAsterisk={false}
          {...form.getInputProps("renewalDate")}
        />
      )}
    </div>
  );
}
