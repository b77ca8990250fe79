import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { followOperation } from "../../operations/follow-operation.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import type { Among } from "./use-chosen.ts";

interface DeclineDialogProps {
  readonly among: Among;
  readonly count: number;
  readonly onClose: () => void;
  readonly onStarted: () => void;
}

/** The contacts stay, as non-marketing; an undo brings them back to the queue. */
export function DeclineDialog({ among, count, onClose, onStarted }: DeclineDialogProps) {
  const { t } = useTranslation("review");
  const format = useFormat();
  const start = useMutation({
    mutationFn: () => call("POST /api/review/decline", { ...among, expect: count }),
    onSuccess: ({ operationId }) => {
      followOperation(operationId);
      onStarted();
    },
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("decline.title", { count, number: format.number(count) })}
      verb={t("decline.verb")}
      onConfirm={() => start.mutate()}
      busy={start.isPending}
      error={start.error}
    >
      <p>{t("decline.text")}</p>
    </ConfirmDialog>
  );
}
