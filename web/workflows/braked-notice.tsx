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

/** It changed the status of too many contacts within an hour: how many, and a button that lets it go on. */
export function BrakedNotice({ workflow: { id } }: { readonly workflow: Workflow }) {
  const { data } = useQuery({ ...pausedSourcesQuery, refetchInterval: WATCHING_MS });
  const paused = data?.sources.find(
    ({ source, resumedAt }) => resumedAt === null && source.type === "WORKFLOW" && source.id === id,
  );
  return paused ? <Braked paused={paused} /> : null;
}

function Braked({ paused }: { readonly paused: PausedSource }) {
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
