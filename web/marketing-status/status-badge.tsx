import { useTranslation } from "react-i18next";
import type { Reply } from "../api.ts";
import { useMe } from "../session.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { useFormat } from "../ui/format.ts";

type Status = Reply<"POST /api/contacts/search">["contacts"][number]["status"];

const tones: Record<Status, Tone> = { marketing: "counts", waiting: "waiting", non_marketing: "none" };

interface StatusBadgeProps {
  readonly status: Status;
  /** When a waiting contact stops counting. */
  readonly until?: string | null | undefined;
}

/** Marketing, Waiting until 1 Dec, Non-marketing: the word carries it, shape and colour help. */
export function StatusBadge({ status, until }: StatusBadgeProps) {
  const { t } = useTranslation("marketing-status");
  const format = useFormat();
  const { account } = useMe();
  const dated = status === "waiting" && until;
  return (
    <Badge tone={tones[status]}>
      {dated ? t("badge.waitingUntil", { date: format.day(until, account?.timeZone) }) : t(`badge.${status}`)}
    </Badge>
  );
}
