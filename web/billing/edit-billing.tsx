import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
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
  const save = useSave(billing, onDone);
  return (
    <form
      className={classes["form"]}
      onSubmit={form.onSubmit((values) => save.mutate(billingChange(billing, values)))}
    >
      <BillingFields form={form} />
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
  const format = useFormat();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: ReturnType<typeof billingChange>) => call("PATCH /api/billing", change),
    onSuccess: async ({ nextUpdate, moved }, { timeZone = billing.timeZone }) => {
      const date = format.zoned(nextUpdate, timeZone);
      const detail = moved > 0 ? t("edit.moved", { count: moved, number: format.number(moved) }) : undefined;
      showToast({ title: t("edit.saved", { date }), detail, tone: "good" });
      onDone();
      await queryClient.invalidateQueries();
    },
  });
}
