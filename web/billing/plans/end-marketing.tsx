import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { followOperation } from "../../operations/follow-operation.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { Note } from "../../ui/note.tsx";
import { Section } from "../../ui/section.tsx";
import type { Billing } from "../billing-query.ts";
import classes from "./plans.module.css";

/** Ends marketing contacts for the account: everybody who counts is scheduled, and it can be undone until then. */
export function EndMarketing({ billing }: { readonly billing: Billing }) {
  const { t } = useTranslation("plans");
  const format = useFormat();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const end = useMutation({
    mutationFn: () => call("DELETE /api/billing/marketing-contacts", {}),
    onSuccess: async ({ operationId }) => {
      setAsking(false);
      if (operationId !== null) followOperation(operationId);
      await queryClient.invalidateQueries();
    },
  });
  const date = format.moment(billing.nextUpdate.instant, billing.timeZone);
  return (
    <Section
      title={t("end.title")}
      aside={
        <GuardedButton permission="billing.edit" variant="default" onClick={() => setAsking(true)}>
          {t("end.open")}
        </GuardedButton>
      }
    >
      <p className={classes["rule"]}>{t("end.help")}</p>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("end.confirm")}
        verb={t("end.open")}
        busy={end.isPending}
        error={end.error}
        tick={t("end.tick")}
        onConfirm={() => end.mutate()}
      >
        <Note kind="date" title={t("end.when", { date })}>
          {t("end.undo")}
        </Note>
      </ConfirmDialog>
    </Section>
  );
}
