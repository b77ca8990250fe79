import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Trans, useTranslation } from "react-i18next";
import { type Usage, usageQuery } from "../billing/billing-query.ts";
import { type RoomEnd, roomEnd } from "../billing/room-end.ts";
import { HeldLink } from "../marketing-contacts/review/held-link.tsx";
import { daysUntil } from "../ui/days-until.ts";
import { useFormat } from "../ui/format.ts";
import { BigNumber, Stat, StatRow } from "../ui/numbers.tsx";
import { Section } from "../ui/section.tsx";
import { type Segment, SplitBar } from "../ui/split-bar.tsx";
import classes from "./home.module.css";
import { homeQuery } from "./home-queries.ts";

/** How many count, how much room there is, and when that changes. */
export function Numbers() {
  const { data: usage } = useQuery(usageQuery);
  return (
    <Section flush>
      <div className={classes["numbers"]}>
        <StatRow>
          <Stat>
            <Marketing usage={usage} />
          </Stat>
          <Stat>
            <Room usage={usage} />
          </Stat>
          <Stat>
            <NextUpdate usage={usage} />
          </Stat>
        </StatRow>
      </div>
    </Section>
  );
}

interface Cell {
  /** Undefined while it is being counted. */
  readonly usage: Usage | undefined;
}

function Marketing({ usage }: Cell) {
  const { t } = useTranslation("home");
  const format = useFormat();
  if (usage === undefined) return <BigNumber label={t("marketing")} value="…" />;
  const { marketing, waiting, total } = usage;
  const end = roomEnd(usage);
  const whole = end?.at ?? total;
  const of =
    end === null
      ? t("ofContacts", { count: whole, total: format.number(whole) })
      : t("ofLimit", { limit: format.number(whole) });
  const segments: Segment[] = [
    { role: "counts", value: marketing - waiting, label: t("staying") },
    { role: "waiting", value: waiting, label: t("waiting") },
    { role: "room", value: Math.max(0, whole - marketing), label: t("headroom") },
  ];
  const number = (
    <Link to="/contacts" search={{ view: "marketing" }} className={classes["number"]}>
      {format.number(marketing)}
    </Link>
  );
  return (
    <>
      <BigNumber label={t("marketing")} value={number} beside={of} />
      <div className={classes["bar"]}>
        <SplitBar segments={segments} label={`${format.number(marketing)} ${of}`} />
      </div>
      <SinceUpdate timeZone={usage.timeZone} />
    </>
  );
}

function SinceUpdate({ timeZone }: { readonly timeZone: string }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const { data: home } = useQuery(homeQuery);
  if (!home?.sinceUpdate) return null;
  const { change, at } = home.sinceUpdate;
  return (
    <p className={classes["small"]}>
      {t("since", { change: format.signed(change), day: format.dayLong(at, timeZone) })}
    </p>
  );
}

function Room({ usage }: Cell) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const { data: home } = useQuery(homeQuery);
  if (usage === undefined) return <BigNumber label={t("headroom")} value="…" />;
  const end = roomEnd(usage);
  if (end === null) {
    return (
      <BigNumber label={t("nonMarketing")} value={format.number(usage.nonMarketing)}>
        {t("neverCounted")}
      </BigNumber>
    );
  }
  const left = end.at - usage.marketing;
  return (
    <BigNumber label={t(roomName(left, end))} value={format.number(Math.abs(left))}>
      <Pace days={home?.fullInDays ?? null} end={end} />
      <HeldLink />
    </BigNumber>
  );
}

function roomName(left: number, end: RoomEnd): string {
  if (end.isMaximum) return left < 0 ? "overMaximum" : "headroomMaximum";
  return left < 0 ? "over" : "headroom";
}

interface PaceProps {
  readonly days: number | null;
  readonly end: RoomEnd;
}

/** How fast it fills; a maximum below the limit ends it first. */
function Pace({ days, end }: PaceProps) {
  const { t } = useTranslation("home");
  const format = useFormat();
  if (end.isMaximum) return <>{t("untilMaximum", { maximum: format.number(end.at) })}</>;
  if (days === null) return <>{t("untilLimit", { limit: format.number(end.at) })}</>;
  const span = days < 14 ? t("days", { count: days }) : t("weeks", { count: Math.round(days / 7) });
  return <Trans t={t} i18nKey="pace" values={{ span }} components={{ b: <b /> }} />;
}

function NextUpdate({ usage }: Cell) {
  const { t } = useTranslation("home");
  const format = useFormat();
  if (usage === undefined) return <BigNumber label={t("nextUpdate")} value="…" />;
  const { nextUpdate, timeZone, waiting, marketing, atNextUpdate } = usage;
  return (
    <BigNumber label={t("nextUpdate")} value={t("days", { count: daysUntil(nextUpdate, timeZone) })}>
      {t("on", { day: format.dayLong(nextUpdate, timeZone), time: format.time(nextUpdate, timeZone) })}{" "}
      {waiting > 0 ? (
        <>
          <Link to="/contacts" search={{ view: "waiting" }}>
            {t("leave", { count: waiting, number: format.number(waiting) })}
          </Link>{" "}
          <span className={classes["then"]}>
            {format.number(marketing)} → <b>{format.number(atNextUpdate)}</b>
          </span>
        </>
      ) : (
        t("nobodyLeaves")
      )}
    </BigNumber>
  );
}
