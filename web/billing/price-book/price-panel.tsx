import { Button, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiError, call } from "../../api.ts";
import { NumberField } from "../../ui/number-field.tsx";
import { PanelForm } from "../../ui/panel-form.tsx";
import { showToast } from "../../ui/toast-store.ts";
import { PriceBlocks } from "./price-blocks.tsx";
import classes from "./price-book.module.css";
import { PriceEffect } from "./price-effect.tsx";
import {
  decimals,
  emptyPage,
  fieldOf,
  formValues,
  isFilledIn,
  type PriceForm,
  type PricePage,
  priceInput,
} from "./price-form.ts";

const plans = ["starter", "professional", "enterprise"] as const;

interface PricePanelProps {
  /** Null for a new one. */
  readonly page: PricePage | null;
  readonly onClose: () => void;
}

/** One page of the price book: what is wrong stands at its field, what it changes below. */
export function PricePanel({ page, onClose }: PricePanelProps) {
  const { t } = useTranslation("prices");
  const form: PriceForm = useForm({ initialValues: page === null ? emptyPage() : formValues(page) });
  const refused = (error: unknown) => {
    const field = error instanceof ApiError ? fieldOf(error.reason, error.details) : undefined;
    if (field !== undefined && error instanceof ApiError) form.setFieldError(field, error.message);
  };
  const save = useSave(onClose, refused);
  return (
    <PanelForm
      onSubmit={form.onSubmit((values) => save.mutate(priceInput(values)))}
      onClose={onClose}
      verb={t("save")}
      busy={save.isPending}
      error={save.error}
      more={page !== null && <Remove page={page} onClose={onClose} />}
    >
      <Head form={form} isNew={page === null} />
      <PriceBlocks form={form} />
      {isFilledIn(form.values) && <PriceEffect input={priceInput(form.values)} />}
    </PanelForm>
  );
}

function Head({ form, isNew }: { readonly form: PriceForm; readonly isNew: boolean }) {
  const { t } = useTranslation("prices");
  const { t: billing } = useTranslation("billing");
  const currency = form.values.currency || "…";
  return (
    <>
      {isNew && (
        <div className={classes["pair"]}>
          <Select
            label={billing("plan.name")}
            data={plans.map((value) => ({ value, label: billing(`planName.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps("plan")}
          />
          <TextInput
            label={t("currency")}
            description={t("currencyHelp")}
            maxLength={3}
            required
            withAsterisk={false}
            {...form.getInputProps("currency")}
          />
        </div>
      )}
      <div className={classes["pair"]}>
        <NumberField label={t("included")} hideControls {...form.getInputProps("included")} />
        <NumberField
          label={t("base", { currency })}
          hideControls
          decimalScale={decimals(form.values.currency)}
          {...form.getInputProps("base")}
        />
      </div>
      <Radio.Group label={t("fallsWhen")} {...form.getInputProps("tierFalls")}>
        <Stack gap="xs" mt="xs">
          <Radio value="update" label={t("falls.update")} />
          <Radio value="renewal" label={t("falls.renewal")} />
        </Stack>
      </Radio.Group>
    </>
  );
}

function useSave(onClose: () => void, refused: (error: unknown) => void) {
  const { t } = useTranslation("prices");
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: ReturnType<typeof priceInput>) => call("PUT /api/price-book/:plan/:currency", input),
    onSuccess: async () => {
      showToast({ title: t("saved"), tone: "good" });
      onClose();
      await queryClient.invalidateQueries();
    },
    onError: refused,
  });
}

function Remove({ page, onClose }: { readonly page: PricePage; readonly onClose: () => void }) {
  const { t } = useTranslation("prices");
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      call("DELETE /api/price-book/:plan/:currency", { plan: page.plan, currency: page.currency }),
    onSuccess: async () => {
      showToast({ title: t("removed") });
      onClose();
      await queryClient.invalidateQueries();
    },
    onError: (error) => showToast({ title: error.message, tone: "bad" }),
  });
  return (
    <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
      {t("remove")}
    </Button>
  );
}
