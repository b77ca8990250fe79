import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Selection } from "../../contract/filters.ts";
import { ApiError, call } from "../api.ts";
import { followOperation } from "../operations/follow-operation.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useFormat } from "../ui/format.ts";
import { ErrorState, LoadingRows } from "../ui/states.tsx";
import type { Preview, Target } from "./preview-groups.ts";
import { StatusPreview } from "./status-preview.tsx";

interface SetStatusDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly selection: Selection;
  readonly to: Target;
  /** Who is selected, in words; the number goes before it. */
  readonly about?: string | undefined;
  /** Everybody in the account: asks for one tick more. */
  readonly everybody?: boolean;
  /** The operation is under way, with its toast. */
  readonly onStarted?: (operationId: string) => void;
}

/** Says who would change, when, and what that does to usage, before anything is set. */
export function SetStatusDialog(props: SetStatusDialogProps) {
  const { opened, onClose, to, everybody = false, onStarted } = props;
  const { t } = useTranslation("marketing-status");
  const [includeProtected, setIncludeProtected] = useState(false);
  const preview = usePreview(props, includeProtected);
  const start = useStart(props, {
    includeProtected,
    onChanged: () => void preview.refetch(),
    onStarted: (operationId) => {
      onClose();
      onStarted?.(operationId);
    },
  });
  const { willChange, mustType, groups } = preview.data ?? counting;
  const isHeld = groups.some(({ outcome }) => outcome === "held");
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t(`dialog.${to}.title`)}
      subtitle={<Subtitle preview={preview.data} about={props.about} />}
      verb={t(`dialog.${to}.verb`)}
      onConfirm={() => start.mutate(willChange)}
      busy={start.isPending}
      error={start.error}
      blocked={(willChange === 0 && !isHeld) || preview.isFetching}
      typed={mustType ? willChange : undefined}
      tick={everybody ? t("everybody") : undefined}
    >
      <Answer preview={preview}>
        {(answer) => (
          <StatusPreview
            preview={answer}
            to={to}
            includeProtected={includeProtected}
            onIncludeProtected={setIncludeProtected}
          />
        )}
      </Answer>
    </ConfirmDialog>
  );
}

const counting = { willChange: 0, mustType: false, groups: [] as Preview["groups"] };

interface AnswerProps {
  readonly preview: ReturnType<typeof usePreview>;
  readonly children: (preview: Preview) => ReactNode;
}

function Answer({ preview, children }: AnswerProps) {
  if (preview.data) return children(preview.data);
  if (preview.error) return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />;
  return <LoadingRows />;
}

/** "1,204 contacts: last engagement more than 180 days ago" */
function Subtitle({
  preview,
  about,
}: {
  readonly preview: Preview | undefined;
  readonly about: string | undefined;
}) {
  const { t } = useTranslation("marketing-status");
  const format = useFormat();
  if (!preview) return "…";
  const contacts = t("contacts", { count: preview.total, number: format.number(preview.total) });
  return about ? t("about", { contacts, about }) : contacts;
}

function usePreview({ opened, selection, to }: SetStatusDialogProps, includeProtected: boolean) {
  return useQuery<Preview>({
    queryKey: ["marketing-status-preview", selection, to, includeProtected],
    queryFn: ({ signal }) =>
      call("POST /api/marketing-status/preview", { selection, to, includeProtected }, { signal }),
    enabled: opened,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
}

interface Starting {
  readonly includeProtected: boolean;
  /** Others changed contacts meanwhile: the numbers are asked for again. */
  readonly onChanged: () => void;
  readonly onStarted: (operationId: string) => void;
}

function useStart({ selection, to }: SetStatusDialogProps, starting: Starting) {
  const { includeProtected, onChanged, onStarted } = starting;
  return useMutation({
    mutationFn: (expect: number) =>
      call("POST /api/marketing-status/start", { selection, to, includeProtected, expect }),
    onSuccess: ({ operationId }) => {
      followOperation(operationId);
      onStarted(operationId);
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === "count_changed") onChanged();
    },
  });
}
