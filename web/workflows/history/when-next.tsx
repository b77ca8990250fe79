import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../session.ts";
import { useFormat } from "../../ui/format.ts";

const TICK_MS = 5_000;
const MINUTE_MS = 60_000;

/** The present, a little behind: enough for "in 4 minutes". */
function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

interface WhenNextProps {
  readonly at: string;
  readonly label: "nextTry" | "goesOn";
  readonly inTwoLines?: boolean;
}

/** When it goes on: how long from now, and exactly, in the account's zone. */
export function WhenNext({ at, label, inTwoLines = false }: WhenNextProps) {
  const { t } = useTranslation("workflow-history");
  const { account } = useMe();
  const format = useFormat();
  const now = useNow();
  const ahead = new Date(at).getTime() - now.getTime();
  const exact = format.dateTime(at, account?.timeZone);
  const relative = ahead <= 0 ? t("when.now") : ahead < MINUTE_MS ? t("when.soon") : format.relative(at, now);
  return (
    <time dateTime={at}>
      {t(`when.${label}`, { relative })} {inTwoLines ? <small>{exact}</small> : `(${exact})`}
    </time>
  );
}
