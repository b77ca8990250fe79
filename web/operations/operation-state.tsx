import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { Operation } from "./operation-query.ts";

const tones: Record<Operation["state"], Tone> = {
  queued: "running",
  running: "running",
  needs_confirmation: "waiting",
  done: "good",
  cancelled: "none",
  failed: "bad",
};

export function OperationState({ state }: Pick<Operation, "state">) {
  const { t } = useTranslation("operations");
  return <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>;
}
