import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { PageBody } from "../../ui/page.tsx";
import { Section } from "../../ui/section.tsx";
import { ErrorState, FormError } from "../../ui/states.tsx";
import { useStillHere } from "../../ui/use-still-here.ts";
import { GroupRow, QuietRow } from "./group-row.tsx";
import { StepBar } from "./step-bar.tsx";
import type { StepProps } from "./use-draft.ts";
import { WhoPanel } from "./who-panel.tsx";
import classes from "./wizard.module.css";
import { type Choice, type Group, groupsQuery } from "./wizard-query.ts";

const recommended: readonly Group[] = ["bounced", "unsubscribed"];
const further: readonly Group[] = ["never_engaged", "no_email", "duplicates", "role_addresses"];

/** People who do not read: bounced and unsubscribed are ticked from the start, with the reason. */
export function UnengagedStep({ state, onStep }: StepProps) {
  const { t } = useTranslation("cleanup");
  const { choice, keep, busy } = state;
  const stillHere = useStillHere();
  const leave = (unengaged: Choice["unengaged"]) => {
    void keep({ unengaged })
      .then(() => stillHere() && onStep("others"))
      .catch(() => {});
  };
  return (
    <>
      <PageBody>
        <div className={classes["title"]}>
          <h1>{t("unengaged.title")}</h1>
          <p>{t("unengaged.lead")}</p>
        </div>
        <Proposals state={state} />
        <Together choice={choice} />
        <FormError error={state.error} />
      </PageBody>
      <StepBar onBack={() => onStep("start")} onSkip={() => leave("skipped")}>
        <Button size="lg" loading={busy} onClick={() => leave("taken")}>
          {t("next")}
        </Button>
      </StepBar>
    </>
  );
}

function Proposals({ state: { choice, change } }: Pick<StepProps, "state">) {
  const { t } = useTranslation("cleanup");
  const [shown, setShown] = useState<Group | null>(null);
  const { counts, error, refetch } = useCounts();
  const row = (group: Group) => (
    <GroupRow
      key={group}
      group={group}
      contacts={counts.get(group)}
      ticked={choice.groups.includes(group)}
      onTick={(ticked) => change({ groups: withGroup(choice.groups, group, ticked) })}
      onShow={() => setShown(group)}
    />
  );
  return (
    <>
      {error !== null && <ErrorState error={error} onRetry={refetch} />}
      <Section title={t("unengaged.recommended")} aside={t("unengaged.recommendedWhy")}>
        <ul className={classes["groups"]}>{recommended.map(row)}</ul>
      </Section>
      <Section title={t("unengaged.further")}>
        <ul className={classes["groups"]}>
          {row("complained")}
          <QuietRow counts={counts} choice={choice} onChange={change} onShow={setShown} />
          {further.map(row)}
        </ul>
      </Section>
      <WhoPanel
        group={shown}
        contacts={shown === null ? undefined : counts.get(shown)}
        onClose={() => setShown(null)}
      />
    </>
  );
}

function withGroup(groups: readonly Group[], group: Group, ticked: boolean): Group[] {
  const others = groups.filter((each) => each !== group);
  return ticked ? [...others, group] : others;
}

/** What is known so far: all proposals but duplicates come first, then all with them. */
function useCounts() {
  const quick = useQuery(groupsQuery("quick"));
  const all = useQuery({ ...groupsQuery("all"), enabled: quick.isSuccess });
  const known = all.data ?? quick.data;
  return {
    counts: new Map(known?.groups.map(({ group, contacts }) => [group, contacts])),
    together: known?.together ?? [],
    error: quick.error ?? all.error,
    refetch: () => void Promise.all([quick.refetch(), all.refetch()]),
  };
}

/** What is ticked, each person once: added up from what was counted, so that ticking needs no waiting. */
function Together({ choice }: { readonly choice: Choice }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const { counts, together } = useCounts();
  const counting = choice.groups.some((group) => !counts.has(group));
  const ticked = together.filter(({ groups }) => groups.some((group) => choice.groups.includes(group)));
  const total = ticked.reduce((sum, { contacts }) => sum + contacts, 0);
  const sum = choice.groups.reduce((all, group) => all + (counts.get(group) ?? 0), 0);
  const twice = sum - total;
  return (
    <div className={classes["together"]} aria-live="polite">
      <strong>{t("unengaged.together")}</strong>
      <b>{counting ? "…" : format.number(total)}</b>
      <small>{!counting && twice > 0 && t("unengaged.twice", { number: format.number(twice) })}</small>
    </div>
  );
}
