import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { useFormat } from "../ui/format.ts";
import { GuardedButton } from "../ui/guarded-button.tsx";
import { PanelForm } from "../ui/panel-form.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { showToast } from "../ui/toast-store.ts";
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
      <SidePanel opened={opened} onClose={panel.close} title={t("edit.title")} width={480}>
        <EditForm billing={billing} onDone={panel.close} />
      </SidePanel>
    </>
  );
}

function EditForm({ billing: shown, onDone }: { readonly billing: Billing; readonly onDone: () => void }) {
  const { t } = useTranslation("billing");
  // What is changed is told by how it stood when the form was opened, whatever others have changed since.
  const [billing] = useState(shown);
  const form: BillingForm = useForm({ initialValues: formValues(billing) });
  const [now, setNow] = useState(false);
  const save = useSave(billing, onDone);
  const changed = billingChange(billing, form.values);
  const change = now ? { ...changed, when: "now" as const } : changed;
  return (
    <PanelForm
      onSubmit={form.onSubmit(() => save.mutate(change))}
      onClose={onDone}
      verb={t("edit.save")}
      busy={save.isPending}
      disabled={!form.isDirty()}
      error={save.error}
    >
      <BillingFields form={form} quote={<Quote change={change} onNow={setNow} />} />
    </PanelForm>
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
