import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { usageQuery } from "../../billing/billing-query.ts";
import { roomEnd } from "../../billing/room-end.ts";
import { queryClient } from "../../query-client.ts";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { BigNumber } from "../../ui/numbers.tsx";
import { PageBody } from "../../ui/page.tsx";
import { Section } from "../../ui/section.tsx";
import { Legend, type Segment, SplitBar } from "../../ui/split-bar.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { roomLabel } from "./room-label.ts";
import { StepBar } from "./step-bar.tsx";
import type { StepProps } from "./use-draft.ts";
import classes from "./wizard.module.css";
import type { Draft } from "./wizard-query.ts";

/** What marketing contacts are, and how many there are now. */
export function StartStep({ state, onStep }: StepProps) {
  const { t } = useTranslation("cleanup");
  return (
    <>
      <PageBody>
        <div className={classes["title"]}>
          <h1>{t("start.title")}</h1>
          <p>{t("start.lead")}</p>
        </div>
        {state.choice.unengaged !== "open" && <Resumed draft={state.draft} />}
        <div className={classes["half"]}>
          <Section title={t("start.what")}>
            <ul className={classes["points"]}>
              {(["marketing", "non_marketing", "date", "undo"] as const).map((point) => (
                <li key={point}>
                  <strong>{t(`start.${point}.title`)}</strong> {t(`start.${point}.text`)}
                </li>
              ))}
            </ul>
          </Section>
          <UsageNow />
        </div>
      </PageBody>
      <StepBar
        more={
          <Button
            size="lg"
            variant="subtle"
            color="gray"
            renderRoot={(props) => <Link {...props} to="/marketing-contacts/plans" />}
          >
            {t("start.plans")}
          </Button>
        }
      >
        <Button size="lg" data-autofocus onClick={() => onStep("unengaged")}>
          {t("start.verb")}
        </Button>
      </StepBar>
    </>
  );
}

/** A draft that was begun: go on with it, or begin anew. */
function Resumed({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const navigate = useNavigate();
  const again = useMutation({
    mutationFn: () => call("DELETE /api/cleanup/drafts/:draftId", { draftId: draft.id }),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: ["cleanup", "draft"] });
      void navigate({ to: "/marketing-contacts/manage", search: {}, replace: true });
    },
  });
  return (
    <Note
      title={t("start.resumed", { date: format.dateTime(draft.updatedAt) })}
      actions={
        <Button size="sm" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
          {t("start.again")}
        </Button>
      }
    >
      {t("start.resumedText")}
    </Note>
  );
}

function UsageNow() {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const { data: usage, error, refetch } = useQuery(usageQuery);
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (usage === undefined) return <LoadingRows />;
  const { marketing, waiting, nonMarketing, nextUpdate, timeZone } = usage;
  const end = roomEnd(usage);
  const rest = end === null ? nonMarketing : Math.max(0, end.at - marketing);
  const segments: Segment[] = [
    { role: "counts", value: marketing - waiting, label: t("legend.marketing") },
    { role: "waiting", value: waiting, label: t("legend.waiting") },
    {
      role: "room",
      value: rest,
      label: t(roomLabel(end)),
    },
  ];
  const beside = end === null ? {} : { beside: t("start.of", { limit: format.number(end.at) }) };
  return (
    <Section title={t("start.now")}>
      <div className={classes["usage"]}>
        <BigNumber label={t("numbers.marketing")} value={format.number(marketing)} {...beside} />
        <SplitBar
          segments={segments}
          size="full"
          label={`${t("numbers.marketing")} ${format.number(marketing)}`}
        />
        <Legend segments={segments.map((segment) => ({ ...segment, value: format.number(segment.value) }))} />
        <Note kind="date" title={t("start.next", { date: format.dateLong(nextUpdate, timeZone) })}>
          {t("start.nextText", { date: format.zoned(nextUpdate, timeZone) })}
        </Note>
      </div>
    </Section>
  );
}
