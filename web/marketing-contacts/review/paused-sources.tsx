import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSourceText } from "../../contacts/record/use-source-text.ts";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { Section } from "../../ui/section.tsx";
import { FormError } from "../../ui/states.tsx";
import classes from "./review.module.css";
import { type PausedSource, pausedSourcesQuery } from "./review-queries.ts";
import { SpikeSettings } from "./spike-settings.tsx";
import { usePausedSource } from "./use-paused-source.ts";

/** Forms, apps and workflows that were too fast, and from how many contacts on that is so. */
export function PausedSources() {
  const { t } = useTranslation("review");
  const { data } = useQuery(pausedSourcesQuery);
  return (
    <Section title={t("paused.title")}>
      <p className={classes["dimmed"]}>
        {data?.sources.some(({ resumedAt }) => resumedAt === null) ? t("paused.text") : t("paused.none")}
      </p>
      {data && data.sources.length > 0 && (
        <ul className={classes["list"]}>
          {data.sources.map((source) => (
            <Paused key={source.id} paused={source} />
          ))}
        </ul>
      )}
      <SpikeSettings />
    </Section>
  );
}

function Paused({ paused }: { readonly paused: PausedSource }) {
  const { t } = useTranslation("review");
  const format = useFormat();
  const sourceText = useSourceText();
  const { said, resume } = usePausedSource(paused);
  const { source, resumedAt, resumedBy } = paused;
  const actor = { type: "system" as const, id: null, name: null };
  return (
    <li className={classes["paused"]}>
      <div>
        <strong>{sourceText({ source, actor })}</strong>
        <p className={classes["dimmed"]}>{said}</p>
        {resumedAt !== null && (
          <p className={classes["dimmed"]}>
            {t("paused.resumed", { date: format.dateTime(resumedAt), name: resumedBy?.name ?? "…" })}
          </p>
        )}
        <FormError error={resume.error} />
      </div>
      {resumedAt === null && (
        <GuardedButton
          permission="marketing-contacts.edit"
          variant="default"
          loading={resume.isPending}
          onClick={() => resume.mutate()}
        >
          {t("paused.resume")}
        </GuardedButton>
      )}
    </li>
  );
}
