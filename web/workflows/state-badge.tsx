import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { WorkflowRow } from "./workflow-query.ts";

const tones: Record<WorkflowRow["state"], Tone> = {
  on: "good",
  paused: "waiting",
  off: "none",
  draft: "plain",
};

/** On, paused, off, or a draft that has never been on. */
export function StateBadge({ state }: { readonly state: WorkflowRow["state"] }) {
  const { t } = useTranslation("workflows");
  return <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>;
}
