import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type PausedSource, pausedSourcesQuery } from "../marketing-contacts/review/review-queries.ts";
import { usePausedSource } from "../marketing-contacts/review/use-paused-source.ts";
import { GuardedButton } from "../ui/guarded-button.tsx";
import { Note } from "../ui/note.tsx";
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
  const { said, resume } = usePausedSource(paused, { toastError: true });
  return (
    <Note
      kind="date"
      actions={
        <GuardedButton
          permission="marketing-contacts.edit"
          size="sm"
          variant="default"
          loading={resume.isPending}
          onClick={() => resume.mutate()}
        >
          {t("paused.resume")}
        </GuardedButton>
      }
    >
      {said} {t("paused.braked")}
    </Note>
  );
}
