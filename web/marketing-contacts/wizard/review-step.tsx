import { Button } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiError, call } from "../../api.ts";
import { followOperation } from "../../operations/follow-operation.ts";
import { useFormat } from "../../ui/format.ts";
import { PageBody } from "../../ui/page.tsx";
import { Section } from "../../ui/section.tsx";
import { EmptyState, ErrorState, FormError, LoadingRows } from "../../ui/states.tsx";
import { useOnward } from "../../ui/use-still-here.ts";
import { SavePlan } from "../plans/save-plan.tsx";
import { ChosenCard } from "./chosen-card.tsx";
import { NumbersCard } from "./numbers-card.tsx";
import { StepBar } from "./step-bar.tsx";
import type { StepProps } from "./use-draft.ts";
import classes from "./wizard.module.css";
import { type Review, reviewQuery } from "./wizard-query.ts";

/** The title is the outcome; the last column is the point. */
export function ReviewStep({ state, onStep }: StepProps) {
  const { t } = useTranslation("cleanup");
  const { draft, choice } = state;
  const {
    data: review,
    error,
    refetch,
    isFetching,
  } = useQuery({
    ...reviewQuery(draft.id, choice),
    // The server reviews what it has kept: not before that is what is ticked.
    enabled: !state.busy && state.error === null,
  });
  const update = useUpdate(state, () => void refetch());
  const ready = review !== undefined && review.willChange > 0 && !isFetching;
  return (
    <>
      <PageBody>
        {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
        {review === undefined ? (
          <Counting waiting={error === null} />
        ) : (
          <Reviewed review={review} onBack={() => onStep("unengaged")} />
        )}
        <FormError error={update.error ?? state.error} />
      </PageBody>
      <StepBar
        onBack={() => onStep("others")}
        more={review !== undefined && review.total > 0 && <SavePlan choice={choice} />}
      >
        <Button
          size="lg"
          disabled={!ready}
          loading={update.isPending}
          onClick={() => review && update.mutate(review.willChange)}
        >
          {t("review.verb")}
        </Button>
      </StepBar>
    </>
  );
}

function Counting({ waiting }: { readonly waiting: boolean }) {
  const { t } = useTranslation("cleanup");
  return (
    <>
      <div className={classes["title"]}>
        <h1>{t("step.review")}</h1>
      </div>
      {waiting && <LoadingRows rows={8} />}
    </>
  );
}

function Reviewed({ review, onBack }: { readonly review: Review; readonly onBack: () => void }) {
  return (
    <>
      <Title review={review} />
      {review.total === 0 ? (
        <Nobody onBack={onBack} />
      ) : (
        <div className={classes["review"]}>
          <ChosenCard review={review} />
          <NumbersCard review={review} />
        </div>
      )}
    </>
  );
}

function Title({ review }: { readonly review: Review }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const { willChange: count, total, effectiveAt, timeZone } = review;
  const values = { count, number: format.number(count), date: format.dayLong(effectiveAt, timeZone) };
  const outcome = total === 0 ? "review.nobody" : count === 0 ? "review.nothing" : "review.title";
  return (
    <div className={classes["title"]}>
      <h1>{t(outcome, values)}</h1>
      <p>
        {t(count === 0 ? "review.leadNothing" : "review.lead", {
          date: format.moment(effectiveAt, timeZone),
        })}
      </p>
    </div>
  );
}

function Nobody({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation("cleanup");
  return (
    <Section>
      <EmptyState
        icon={IconUsers}
        title={t("nobody.title")}
        action={
          <Button variant="default" onClick={onBack}>
            {t("nobody.verb")}
          </Button>
        }
      >
        {t("nobody.text")}
      </EmptyState>
    </Section>
  );
}

/** Starts the operation and goes to its page, where its outcome and Undo are. */
function useUpdate({ draft: { id: draftId }, choice }: StepProps["state"], onChanged: () => void) {
  const onward = useOnward();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (expect: number) =>
      call("POST /api/cleanup/drafts/:draftId/update", { draftId, expect, choice }),
    onSuccess: async ({ operationId }) => {
      followOperation(operationId);
      await onward({ to: "/operations/$operationId", params: { operationId } });
      queryClient.removeQueries({ queryKey: ["cleanup"] });
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === "count_changed") onChanged();
      // Somebody has chosen otherwise meanwhile: that is shown then.
      if (error instanceof ApiError && error.code === "conflict")
        void queryClient.invalidateQueries({ queryKey: ["cleanup"] });
    },
  });
}
