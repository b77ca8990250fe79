import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { ImportState } from "./import-query.ts";

const tones: Record<ImportState, Tone> = {
  uploading: "running",
  uploaded: "plain",
  reading: "running",
  ready: "plain",
  running: "running",
  done: "good",
  cancelled: "plain",
  failed: "bad",
};

export function StateBadge({ state }: { readonly state: ImportState }) {
  const { t } = useTranslation("imports");
  return <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>;
}
