import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { type PausedSource, pausedSourcesQuery } from "../marketing-contacts/review/review-queries.ts";
import { useFormat } from "../ui/format.ts";
import { GuardedButton } from "../ui/guarded-button.tsx";
import { Note } from "../ui/note.tsx";
import { useServerChange } from "../ui/use-server-change.ts";
import type { Workflow } from "./workflow-query.ts";

const WATCHING_MS = 10_000;

/** Why it is paused for being too fast, if it is. */
export function useBrake({ id, state, waiting }: Workflow): PausedSource | undefined {
  const enabled = state === "on" && waiting > 0;
  const { data } = useQuery({ ...pausedSourcesQuery, enabled, refetchInterval: WATCHING_MS });
  if (!enabled) return undefined;
  return data?.sources.find(
    ({ source, resumedAt }) => resumedAt === null && source.type === "WORKFLOW" && source.id === id,
  );
}

/** It changed the status of too many contacts within an hour: how many, and a button that lets it go on. */
export function BrakedNotice({ paused }: { readonly paused: PausedSource }) {
  const { t } = useTranslation("workflows");
  const format = useFormat();
  const { id: pauseId, direction, contacts, threshold, pausedAt } = paused;
  const resume = useServerChange(() => call("POST /api/paused-sources/:pauseId/resume", { pauseId }), {
    done: () => ({ title: t("review:paused.resumedToast") }),
    toastError: true,
    refetch: ["review", "workflows"],
  });
  return (
    <Note
      kind="date"
      actions={
        <GuardedButton
          permission="marketing-contacts.edit"
          size="sm"
          variant="default"
          loading={resume.isPending}
          onClick={() => resume.mutate(undefined)}
        >
          {t("paused.resume")}
        </GuardedButton>
      }
    >
      {t(`review:paused.${direction}`, {
        count: contacts,
        number: format.number(contacts),
        threshold: format.number(threshold),
        date: format.dateTime(pausedAt),
      })}{" "}
      {t("paused.braked")}
    </Note>
  );
}
