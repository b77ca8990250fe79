import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { BigNumber } from "../../ui/numbers.tsx";
import { Section } from "../../ui/section.tsx";
import { Legend, type Segment, SplitBar } from "../../ui/split-bar.tsx";
import type { Usage } from "../billing-query.ts";
import { roomEnd } from "../room-end.ts";
import classes from "./usage.module.css";

/** Who counts, who waits, the room that is left, and what lies beyond its end, up to the limit or a maximum above it. */
export function UsageMeter({ usage }: { readonly usage: Usage }) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const { marketing, total, contactLimit } = usage;
  const segments = useSegments(usage);
  const end = roomEnd(usage);
  const said = t("meter.of", { used: format.number(marketing), limit: format.number(end?.at ?? total) });
  const shown = segments.filter(({ role }) => role !== "beyond");
  return (
    <Section>
      <div className={classes["numbers"]}>
        <BigNumber size="hero" label={t("meter.now")} value={format.number(marketing)} />
        {end !== null && <Room usage={usage} left={end.at - marketing} />}
      </div>
      <div className={classes["bar"]}>
        <SplitBar segments={segments} label={said} size="hero" />
        <Limits usage={usage} whole={segments.reduce((sum, { value }) => sum + value, 0)} />
      </div>
      <div className={classes["split"]}>
        <Legend segments={shown.map((segment) => ({ ...segment, value: format.number(segment.value) }))}>
          {contactLimit !== null && (
            <span>
              {t("meter.nonMarketing")} <b>{format.number(usage.nonMarketing)}</b>
            </span>
          )}
          <span>
            {t("meter.total")}{" "}
            <Link to="/contacts">
              <b>{format.number(total)}</b>
            </Link>
          </span>
        </Legend>
      </div>
    </Section>
  );
}

/** What is left until the contact limit, or until a maximum below it: then the rest of the limit is told as well. */
function Room({ usage, left }: { readonly usage: Usage; readonly left: number }) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const isMaximum = roomEnd(usage)?.isMaximum ?? false;
  return (
    <div className={classes["room"]}>
      <BigNumber label={t(left < 0 ? "meter.over" : roomLabel(usage))} value={format.number(Math.abs(left))}>
        {isMaximum ? t("meter.untilLimit", { left: format.number(usage.headroom ?? 0) }) : undefined}
      </BigNumber>
    </div>
  );
}

function roomLabel(usage: Usage) {
  const end = roomEnd(usage);
  if (end === null) return "meter.nonMarketing";
  return end.isMaximum ? "meter.headroomMaximum" : "meter.headroom";
}

function useSegments(usage: Usage): Segment[] {
  const { t } = useTranslation("usage");
  const { marketing, waiting, total, contactLimit, maximum } = usage;
  const end = roomEnd(usage);
  const room = Math.max(0, (end?.at ?? total) - marketing);
  const top = Math.max(contactLimit ?? 0, maximum ?? 0);
  const beyond = end === null ? 0 : Math.max(0, top - Math.max(marketing, end.at));
  return [
    { role: "counts", value: marketing - waiting, label: t("meter.staying") },
    { role: "waiting", value: waiting, label: t("meter.waiting") },
    { role: "room", value: room, label: t(roomLabel(usage)) },
    { role: "beyond", value: beyond, label: t("meter.maximum") },
  ];
}

/** A tick at the limit and one at the maximum, each with its number below. */
function Limits({ usage, whole }: { readonly usage: Usage; readonly whole: number }) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const { contactLimit, maximum } = usage;
  if (contactLimit === null || whole === 0) return null;
  // In the order of the ticks: a maximum may lie below the limit.
  const ends = [
    { at: contactLimit, label: t("meter.limit") },
    ...(maximum === null ? [] : [{ at: maximum, label: t("meter.maximum") }]),
  ].toSorted((one, other) => one.at - other.at);
  const ticks = ends.filter(({ at }) => at <= whole);
  return (
    <>
      {ticks.map(({ at, label }) => (
        <i key={label} className={classes["tick"]} style={{ left: `${(at / whole) * 100}%` }} aria-hidden />
      ))}
      <dl className={classes["limits"]}>
        {ends.map(({ at, label }, place) => (
          <div key={label} style={place === ends.length - 1 ? {} : { width: `${(at / whole) * 100}%` }}>
            <dt>{label}</dt>
            <dd>{format.number(at)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
