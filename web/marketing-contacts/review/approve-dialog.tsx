import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiError, call } from "../../api.ts";
import { majorUnits } from "../../billing/billing-query.ts";
import { roomEnd } from "../../billing/room-end.ts";
import { followOperation } from "../../operations/follow-operation.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { type Format, useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { BigNumber, Stat, StatRow } from "../../ui/numbers.tsx";
import { GroupList, type Role, SplitBar } from "../../ui/split-bar.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import type { Approval } from "./review-queries.ts";
import type { Among } from "./use-chosen.ts";

interface ApproveDialogProps {
  readonly among: Among;
  readonly onClose: () => void;
  readonly onStarted: () => void;
}

/** Says who gets a place, what that does to usage, and the tier and price it takes, before anybody is raised. */
export function ApproveDialog({ among, onClose, onStarted }: ApproveDialogProps) {
  const { t } = useTranslation("review");
  const format = useFormat();
  const preview = usePreview(among);
  const start = useStart(among, { onStarted, onChanged: () => void preview.refetch() });
  const { data } = preview;
  const { approved, mustType } = data ?? counting;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("approve.title")}
      subtitle={data ? t("waiting", { count: data.total, number: format.number(data.total) }) : "…"}
      verb={t("approve.verb")}
      onConfirm={() => data && start.mutate(data)}
      busy={start.isPending}
      error={start.error}
      blocked={approved === 0 || preview.isFetching}
      typed={mustType ? approved : undefined}
    >
      <Answer preview={preview} />
    </ConfirmDialog>
  );
}

function Answer({ preview }: { readonly preview: ReturnType<typeof usePreview> }) {
  if (preview.data) return <Effect approval={preview.data} />;
  if (preview.error) return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />;
  return <LoadingRows />;
}

const counting = { approved: 0, mustType: false };

function usePreview(among: Among) {
  return useQuery<Approval>({
    queryKey: ["review", "preview", among],
    queryFn: ({ signal }) => call("POST /api/review/preview", among, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
}

interface Starting {
  readonly onStarted: () => void;
  /** Others changed contacts or the tier meanwhile: the numbers are asked for again. */
  readonly onChanged: () => void;
}

function useStart(among: Among, { onStarted, onChanged }: Starting) {
  return useMutation({
    mutationFn: ({ approved, tier }: Approval) =>
      call("POST /api/review/approve", { ...among, expect: approved, tier }),
    onSuccess: ({ operationId }) => {
      followOperation(operationId);
      onStarted();
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === "count_changed") onChanged();
    },
  });
}

const roles: Record<string, Role> = { approved: "counts", still_held: "beyond", skipped: "held" };

function Effect({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation("review");
  const format = useFormat();
  const groups = approval.groups.map(({ outcome, reason, contacts }) => ({
    role: roles[outcome] ?? ("plain" as const),
    label: t([`group.${outcome}_${reason}`, `group.${outcome}`, "group.other"] as never),
    contacts,
  }));
  const total = { label: t("group.total"), value: format.number(approval.total) };
  return (
    <>
      <div>
        <SplitBar
          label={total.label}
          segments={groups.map(({ role, label, contacts }) => ({ role, label, value: contacts }))}
        />
        <GroupList
          groups={groups.map(({ role, label, contacts }) => ({
            role,
            label,
            value: format.number(contacts),
          }))}
          total={total}
        />
      </div>
      <StepNote approval={approval} />
      <Numbers approval={approval} />
    </>
  );
}

/** The step that approving buys, or what is in the way of more. */
function StepNote({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation("review");
  const format = useFormat();
  const { tier, contactLimit, maximum, groups } = approval;
  const stopped = groups.find(({ outcome }) => outcome === "still_held");
  return (
    <>
      {tier !== null && (
        <Note kind="date" title={t("step.title", { tier: format.number(tier) })}>
          {t("step.text", { limit: format.number(contactLimit ?? 0), ...priceTexts(approval, format) })}{" "}
          {approval.price !== null &&
            t(approval.price.example ? "step.priceExample" : "step.price", priceTexts(approval, format))}
        </Note>
      )}
      {stopped && (
        <Note>
          {t(stopped.reason === "maximum" ? "step.maximum" : "step.noTier", {
            number: format.number(maximum ?? contactLimit ?? 0),
          })}
        </Note>
      )}
    </>
  );
}

function priceTexts({ price }: Approval, format: Format) {
  if (price === null) return {};
  const money = (amount: number) => format.money(majorUnits(amount, price.currency), price.currency);
  return { before: money(price.before), after: money(price.after) };
}

function Numbers({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation("review");
  const format = useFormat();
  const { usage, contactLimit, maximum, tier } = approval;
  const limit = tier ?? contactLimit;
  const end = roomEnd(approval);
  return (
    <StatRow bordered>
      <Stat>
        <BigNumber size="dialog" label={t("usage.now")} value={format.number(usage.now)}>
          {end && t("usage.of", { number: format.number(end.at) })}
        </BigNumber>
      </Stat>
      <Stat strong>
        <BigNumber size="dialog" label={t("usage.after")} value={format.number(usage.after)}>
          {t("usage.more", { number: format.signed(usage.after - usage.now) })}
        </BigNumber>
      </Stat>
      {limit !== null && (
        <Stat>
          <BigNumber size="dialog" label={t("usage.tier")} value={format.number(limit)}>
            {maximum === null
              ? t("usage.left", { number: format.number(limit - usage.after) })
              : t("usage.maximum", { number: format.number(maximum) })}
          </BigNumber>
        </Stat>
      )}
    </StatRow>
  );
}
