import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { useFormat } from "../ui/format.ts";
import { GuardedButton } from "../ui/guarded-button.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { FormError } from "../ui/states.tsx";
import { showToast } from "../ui/toast-store.ts";
import classes from "./billing.module.css";
import { BillingFields } from "./billing-fields.tsx";
import { type BillingForm, billingChange, formValues } from "./billing-form.ts";
import type { Billing } from "./billing-query.ts";
import { Quote } from "./plans/quote.tsx";

/** Changes what the count is for, for people with Billing. */
export function EditBilling({ billing }: { readonly billing: Billing }) {
  const { t } = useTranslation("billing");
  const [opened, panel] = useDisclosure(false);
  return (
    <>
      <GuardedButton permission="billing.edit" onClick={panel.open}>
        {t("edit.open")}
      </GuardedButton>
      <SidePanel opened={opened} onClose={panel.close} title={t("edit.title")}>
        <EditForm billing={billing} onDone={panel.close} />
      </SidePanel>
    </>
  );
}

function EditForm({ billing, onDone }: { readonly billing: Billing; readonly onDone: () => void }) {
  const { t } = useTranslation("billing");
  const { t: ui } = useTranslation("ui");
  const form: BillingForm = useForm({ initialValues: formValues(billing) });
  const [now, setNow] = useState(false);
  const save = useSave(billing, onDone);
  const changed = billingChange(billing, form.values);
  const change = now ? { ...changed, when: "now" as const } : changed;
  return (
    <form className={classes["form"]} onSubmit={form.onSubmit(() => save.mutate(change))}>
      <BillingFields form={form} quote={<Quote change={change} onNow={setNow} />} />
      <FormError error={save.error} />
      <div className={classes["buttons"]}>
        <Button size="lg" variant="default" onClick={onDone}>
          {ui("cancel")}
        </Button>
        <Button size="lg" type="submit" loading={save.isPending} disabled={!form.isDirty()}>
          {t("edit.save")}
        </Button>
      </div>
    </form>
  );
}

function useSave(billing: Billing, onDone: () => void) {
  const { t } = useTranslation("billing");
  const { t: plans } = useTranslation("plans");
  const format = useFormat();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: ReturnType<typeof billingChange>) => call("PATCH /api/billing", change),
    onSuccess: async ({ nextUpdate, moved, booked }, { timeZone = billing.timeZone }) => {
      const date = format.zoned(nextUpdate, timeZone);
      const later = booked
        .map(({ what, day }) => plans(`booked.${what}`, { date: format.dateLong(day) }))
        .join(" ");
      const detail =
        moved > 0 ? t("edit.moved", { count: moved, number: format.number(moved) }) : later || undefined;
      showToast({ title: t("edit.saved", { date }), detail, tone: "good" });
      onDone();
      await queryClient.invalidateQueries();
    },
  });
}
