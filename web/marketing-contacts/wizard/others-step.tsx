import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { isEmpty } from "../../filters/filter-field.ts";
import { useFormat } from "../../ui/format.ts";
import { PageBody } from "../../ui/page.tsx";
import { ErrorState, FormError } from "../../ui/states.tsx";
import { useStillHere } from "../../ui/use-still-here.ts";
import { FilterCard } from "./filter-card.tsx";
import { ListsCard } from "./lists-card.tsx";
import { StepBar } from "./step-bar.tsx";
import type { StepProps } from "./use-draft.ts";
import classes from "./wizard.module.css";
import { type Choice, countQuery } from "./wizard-query.ts";

/** Further people by a filter, by lists, or both. */
export function OthersStep({ state, onStep }: StepProps) {
  const { t } = useTranslation("cleanup");
  const { choice, change, keep, busy } = state;
  const nothing = (choice.filter === null || isEmpty(choice.filter)) && choice.lists.length === 0;
  const asked: Choice = { ...choice, others: "taken" };
  const count = useQuery(countQuery(asked));
  const parts = count.isPlaceholderData ? undefined : count.data?.parts;
  const stillHere = useStillHere();
  const leave = (others: Choice["others"]) => {
    void keep({ others })
      .then(() => stillHere() && onStep("review"))
      .catch(() => {});
  };
  return (
    <>
      <PageBody>
        <div className={classes["title"]}>
          <h1>{t("others.title")}</h1>
          <p>{t("others.lead")}</p>
        </div>
        {count.error !== null && <ErrorState error={count.error} onRetry={() => void count.refetch()} />}
        <div className={classes["half"]}>
          <FilterCard
            filter={choice.filter}
            contacts={parts?.find(({ kind }) => kind === "filter")?.contacts}
            onChange={(filter) => change({ filter })}
          />
          <ListsCard lists={choice.lists} parts={parts} onChange={(lists) => change({ lists })} />
        </div>
        <FormError error={state.error} />
        <Together total={parts === undefined ? undefined : count.data?.total} />
      </PageBody>
      <StepBar onBack={() => onStep("unengaged")} onSkip={() => leave("skipped")}>
        <Button size="lg" loading={busy} onClick={() => leave(nothing ? "skipped" : "taken")}>
          {t("next")}
        </Button>
      </StepBar>
    </>
  );
}

function Together({ total }: { readonly total: number | undefined }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  return (
    <div className={classes["together"]} aria-live="polite">
      <strong>{t("others.together")}</strong>
      <b>{total === undefined ? "…" : format.number(total)}</b>
      <small>{t("others.once")}</small>
    </div>
  );
}
