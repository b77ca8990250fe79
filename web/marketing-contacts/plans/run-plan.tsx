import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { useOnward } from "../../ui/use-still-here.ts";
import { type Plan, planReviewQuery, plansQuery } from "./plans-query.ts";

/** It goes on, and has not been carried out for the coming update. */
export const isToCome = ({ state, next }: Plan): boolean =>
  state === "on" && (next.run === null || next.run.state === "announced");

interface RunPlanProps {
  readonly plan: Plan;
  readonly button: (key: string, act: () => void) => ReactNode;
}

/** Carries a plan out ahead of its time, after its number; then shows the operation with its outcome and Undo. */
export function RunPlan({ plan, button }: RunPlanProps) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const onward = useOnward();
  const queryClient = useQueryClient();
  const [opened, setOpened] = useState(false);
  const review = useQuery({ ...planReviewQuery(plan.id), enabled: opened });
  const count = review.data?.willChange ?? 0;
  const run = useMutation({
    mutationFn: () => call("POST /api/cleanup/plans/:planId/run", { planId: plan.id, expect: count }),
    // A number that has changed meanwhile is told anew.
    onError: () => void review.refetch(),
    onSuccess: ({ operationId }) => {
      void queryClient.invalidateQueries({ queryKey: plansQuery.queryKey });
      void onward({ to: "/operations/$operationId", params: { operationId } });
    },
  });
  if (!isToCome(plan)) return null;
  return (
    <>
      {button("runNow", () => setOpened(true))}
      <ConfirmDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("plan.runTitle", { name: plan.name })}
        verb={t("plan.runNow")}
        blocked={count === 0}
        busy={run.isPending}
        error={run.error}
        onConfirm={() => run.mutate()}
      >
        {review.error !== null && <ErrorState error={review.error} onRetry={() => void review.refetch()} />}
        {review.isPending && <LoadingRows rows={2} />}
        {review.data &&
          (count === 0
            ? t("plan.runNobody")
            : t("plan.runText", {
                count,
                number: format.number(count),
                date: format.dateLong(review.data.effectiveAt, review.data.timeZone),
              }))}
      </ConfirmDialog>
    </>
  );
}
