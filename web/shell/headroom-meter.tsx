import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usageQuery } from "../billing/billing-query.ts";
import { roomEnd } from "../billing/room-end.ts";
import { useFormat } from "../ui/format.ts";
import { type Segment, SplitBar } from "../ui/split-bar.tsx";
import classes from "./shell.module.css";

/** The signature, small: staying, waiting, room, in the order they have everywhere. */
export function HeadroomMeter() {
  const { t } = useTranslation("shell");
  const format = useFormat();
  const { data } = useQuery(usageQuery);
  if (data === undefined) return null;
  const { marketing, waiting, total } = data;
  const end = roomEnd(data)?.at ?? null;
  const of = t("meter.of", { used: format.number(marketing), limit: format.number(end ?? total) });
  const segments: Segment[] = [
    { role: "counts", value: marketing - waiting, label: t("meter.staying") },
    { role: "waiting", value: waiting, label: t("meter.waiting") },
    { role: "room", value: Math.max(0, (end ?? total) - marketing), label: t("meter.room") },
  ];
  return (
    <Link to="/billing" search={{ tab: "usage" }} className={classes["meter"]}>
      <span className={classes["meterText"]}>
        <span>{end === null ? t("meter.marketing") : headroomText(end - marketing)}</span>
        <span>{of}</span>
      </span>
      <SplitBar segments={segments} label={of} size="slim" />
    </Link>
  );

  function headroomText(left: number): string {
    return left < 0
      ? t("meter.over", { count: -left, number: format.number(-left) })
      : t("meter.left", { count: left, number: format.number(left) });
  }
}
