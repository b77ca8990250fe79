import { IconArrowBackUp } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useFormat } from "../ui/format.ts";
import { GuardedButton } from "../ui/guarded-button.tsx";
import { smallIcon } from "../ui/icons.ts";
import { Section } from "../ui/section.tsx";
import { useOnward } from "../ui/use-still-here.ts";
import { closeOperationToast } from "./follow-operation.ts";
import type { Operation } from "./operation-query.ts";
import classes from "./operations.module.css";
import { useOperationText } from "./use-operation-text.ts";

/** Until when this can be taken back, for how many, and what that would mean. */
export function UndoCard({ operation }: { readonly operation: Operation }) {
  const { t } = useTranslation("operations");
  const [asking, setAsking] = useState(false);
  const format = useFormat();
  const { possible, reason, until, contacts } = operation.undo;
  if (reason === "not_undoable" || reason === "not_finished") return null;
  const number = format.number(contacts);
  return (
    <Section title={t("undo.title")}>
      <div className={classes["undo"]}>
        <p>
          {possible
            ? t(operation.undo.raises ? "undo.raises" : "undo.text", { count: contacts, number })
            : t(`undo.why.${reason ?? "undone"}` as never)}
          {possible && until !== null && ` ${t("undo.until", { date: format.dateLong(until) })}`}
        </p>
        <GuardedButton
          variant="default"
          leftSection={<IconArrowBackUp {...smallIcon} />}
          reason={possible ? undefined : t(`undo.why.${reason ?? "undone"}` as never)}
          onClick={() => setAsking(true)}
        >
          {t("undo.button", { count: contacts, number })}
        </GuardedButton>
      </div>
      <UndoDialog operation={operation} opened={asking} onClose={() => setAsking(false)} />
    </Section>
  );
}

interface UndoDialogProps {
  readonly operation: Operation;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function UndoDialog({ operation, opened, onClose }: UndoDialogProps) {
  const { t } = useTranslation("operations");
  const { title } = useOperationText();
  const format = useFormat();
  const onward = useOnward();
  const queries = useQueryClient();
  const { contacts, raises } = operation.undo;
  const undo = useMutation({
    mutationFn: () =>
      call("POST /api/operations/:operationId/undo", { operationId: operation.id, expect: contacts }),
    onSuccess: async ({ operationId }) => {
      onClose();
      closeOperationToast(operation.id);
      await queries.invalidateQueries();
      await onward({ to: "/operations/$operationId", params: { operationId } });
    },
  });
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("undo.dialog", { title: title(operation) })}
      verb={t("undo.title")}
      onConfirm={() => undo.mutate()}
      busy={undo.isPending}
      error={undo.error}
      typed={raises ? contacts : undefined}
    >
      <p>{t(raises ? "undo.raises" : "undo.text", { count: contacts, number: format.number(contacts) })}</p>
    </ConfirmDialog>
  );
}
