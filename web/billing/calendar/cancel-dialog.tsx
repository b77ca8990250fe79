import { Checkbox } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call, type Reply } from "../../api.ts";
import { followOperation } from "../../operations/follow-operation.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { BigNumber, Stat, StatRow } from "../../ui/numbers.tsx";
import { GroupList, SplitBar } from "../../ui/split-bar.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { roomEnd } from "../room-end.ts";
import type { DatePart } from "./calendar-queries.ts";

type Preview = Reply<"POST /api/calendar/preview">;
type Part = DatePart & { readonly ids?: string[] };

interface CancelDialogProps {
  readonly part: Part | null;
  readonly onClose: () => void;
}

/** Says who stays and what that means for the update, before anything is cancelled. */
export function CancelDialog({ part, onClose }: CancelDialogProps) {
  return part === null ? null : <Opened key={JSON.stringify(part)} part={part} onClose={onClose} />;
}

function Opened({ part, onClose }: { readonly part: Part; readonly onClose: () => void }) {
  const { t } = useTranslation("calendar");
  const format = useFormat();
  const [includeProtected, setIncludeProtected] = useState(false);
  const preview = useQuery({
    queryKey: ["calendar-preview", part, includeProtected],
    queryFn: ({ signal }) => call("POST /api/calendar/preview", { ...part, includeProtected }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  const { data, error } = preview;
  const start = useMutation({
    mutationFn: (expect: number) => call("POST /api/calendar/cancel", { ...part, includeProtected, expect }),
    onSuccess: ({ operationId }) => {
      followOperation(operationId);
      onClose();
    },
    onError: (failed) => {
      if (failed instanceof ApiError && failed.code === "count_changed") void preview.refetch();
    },
  });
  const willChange = data?.willChange ?? 0;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("dialog.title")}
      subtitle={data ? t("dialog.about", { date: format.zoned(data.instant, data.timeZone) }) : "…"}
      verb={t("dialog.verb")}
      onConfirm={() => start.mutate(willChange)}
      busy={start.isPending}
      error={start.error}
      blocked={willChange === 0 || preview.isFetching}
    >
      {error !== null && data === undefined && (
        <ErrorState error={error} onRetry={() => void preview.refetch()} />
      )}
      {data === undefined && error === null && <LoadingRows />}
      {data !== undefined && (
        <Shown preview={data} includeProtected={includeProtected} onInclude={setIncludeProtected} />
      )}
    </ConfirmDialog>
  );
}

interface ShownProps {
  readonly preview: Preview;
  readonly includeProtected: boolean;
  readonly onInclude: (include: boolean) => void;
}

function Shown({ preview, includeProtected, onInclude }: ShownProps) {
  const { t } = useTranslation("calendar");
  const format = useFormat();
  const groups = preview.groups.map(({ outcome, reason, contacts }) => ({
    role: outcome === "unscheduled" ? ("counts" as const) : ("held" as const),
    contacts,
    label: t(`group.${outcome === "unscheduled" ? outcome : reason || "other"}` as never),
  }));
  const held = preview.groups.find(({ reason }) => reason === "protected");
  return (
    <>
      <div>
        <SplitBar
          segments={groups.map(({ role, contacts, label }) => ({ role, value: contacts, label }))}
          label={t("leaving", { count: preview.total, number: format.number(preview.total) })}
        />
        <GroupList
          groups={groups.map(({ role, label, contacts }, place) => ({
            role,
            label,
            value: format.number(contacts),
            strong: place === groups.length - 1,
          }))}
          total={{ label: t("group.total"), value: format.number(preview.total) }}
        />
      </div>
      {(held !== undefined || includeProtected) && (
        <Checkbox
          label={t("dialog.includeProtected")}
          description={t("dialog.protectedHelp")}
          checked={includeProtected}
          onChange={(event) => onInclude(event.currentTarget.checked)}
        />
      )}
      <Note kind="date">{t("dialog.counts")}</Note>
      <Effect preview={preview} />
    </>
  );
}

function Effect({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation("calendar");
  const format = useFormat();
  const end = roomEnd(preview);
  return (
    <StatRow bordered>
      <Stat>
        <BigNumber size="dialog" label={t("dialog.now")} value={format.number(preview.now)} />
      </Stat>
      <Stat>
        <BigNumber size="dialog" label={t("dialog.without")} value={format.number(preview.without)} />
      </Stat>
      <Stat strong>
        <BigNumber size="dialog" label={t("dialog.with")} value={format.number(preview.with)}>
          {end && t(end.isMaximum ? "dialog.maximum" : "dialog.limit", { number: format.number(end.at) })}
        </BigNumber>
      </Stat>
    </StatRow>
  );
}
