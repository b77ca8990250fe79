import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { useWorkflowChange } from "../workflow-query.ts";

interface TakeOutDialogProps {
  readonly workflowId: string;
  readonly contacts?: readonly { readonly id: string; readonly name: string }[];
  /** Instead of contacts: all who are parked, of one step if it is named. */
  readonly parked?: { readonly step?: string };
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** Says what leaving means before contacts are taken out of a workflow. */
export function TakeOutDialog({ workflowId, contacts, parked, onClose, onDone }: TakeOutDialogProps) {
  const { t } = useTranslation("workflow-history");
  const format = useFormat();
  const takeOut = useWorkflowChange(
    () =>
      call("POST /api/workflows/:workflowId/unenroll", {
        workflowId,
        ...(parked ? { parked } : { contactIds: (contacts ?? []).map(({ id }) => id) }),
      }),
    {
      done: ({ left }) => ({ title: t("takeOut.done", { count: left, number: format.number(left) }) }),
      onDone: () => {
        onDone?.();
        onClose();
      },
    },
  );
  const [only] = contacts ?? [];
  const subtitle =
    contacts?.length === 1 && only
      ? only.name || t("nameless", { id: only.id })
      : contacts
        ? t("takeOut.several", { count: contacts.length, number: format.number(contacts.length) })
        : t(parked?.step === undefined ? "takeOut.parked" : "takeOut.parkedHere");
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("takeOut.title")}
      subtitle={subtitle}
      verb={t("takeOut.verb")}
      busy={takeOut.isPending}
      error={takeOut.error}
      onConfirm={() => takeOut.mutate(undefined)}
    >
      <p>{t("takeOut.text")}</p>
    </ConfirmDialog>
  );
}
