import type { UseMutationResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { useFormat } from "../../ui/format.ts";
import { useServerChange } from "../../ui/use-server-change.ts";
import type { PausedSource } from "./review-queries.ts";

interface Paused {
  /** How many it asked for, when, and how many are too many. */
  readonly said: string;
  /** Lets it go on. */
  readonly resume: UseMutationResult<unknown, Error, void>;
}

/** A source that was too fast. `toastError` where no place of its own shows a refusal. */
export function usePausedSource(
  { id: pauseId, direction, contacts, threshold, pausedAt }: PausedSource,
  { toastError = false } = {},
): Paused {
  const { t } = useTranslation("review");
  const format = useFormat();
  const resume = useServerChange<void, unknown>(
    () => call("POST /api/paused-sources/:pauseId/resume", { pauseId }),
    {
      done: () => ({ title: t("paused.resumedToast"), tone: "good" }),
      toastError,
      refetch: ["review", "workflows"],
    },
  );
  const said = t(`paused.${direction}`, {
    count: contacts,
    number: format.number(contacts),
    threshold: format.number(threshold),
    date: format.dateTime(pausedAt),
  });
  return { said, resume };
}
