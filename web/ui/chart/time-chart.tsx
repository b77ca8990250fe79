import { useElementSize } from "@mantine/hooks";
import { type PointerEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  dayTicks,
  linePath,
  monthTicks,
  type Point,
  type Scale,
  type Scales,
  scale,
  valueTicks,
} from "./scale.ts";
import classes from "./time-chart.module.css";

/** fact: solid over a filled ground; certain: amber; estimate: dotted; limit: dashed. */
export type LineRole = "fact" | "certain" | "estimate" | "limit";

export interface ChartLine {
  readonly role: LineRole;
  readonly points: readonly Point[];
  /** Keeps each value until the next point. */
  readonly stepped?: boolean;
}

interface Band {
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

export interface TimeChartProps {
  /** What the picture says, for those who do not see it. The same numbers stand in a table. */
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** The present: right of it the ground is shaded. */
  readonly now: number;
  readonly nowLabel: string;
  readonly aheadLabel: string;
  readonly lines: readonly ChartLine[];
  readonly band?: readonly Band[];
  /** Words at a line. */
  readonly notes?: readonly (Point & { readonly text: string })[];
  readonly formatValue: (value: number) => string;
  readonly formatMonth: (at: number) => string;
  /** Names days instead of months, where there are few. */
  readonly formatDay?: (at: number) => string;
  /** What stands beside the pointer. */
  readonly describe: (at: number) => ReactNode;
  /** Hollow dots on the line that lead somewhere: links, each 24 px wide. */
  readonly marks?: readonly (Point & { readonly key: string; readonly link: ReactNode })[];
}

const HEIGHT = 250;
const TOP = 22;
const BOTTOM = 26;
const MONTH_PX = 78;
const LETTER_PX = 8;
const LEAST_PX = 200;

interface Frame {
  readonly x: Scale;
  readonly y: Scale;
  readonly left: number;
  readonly right: number;
  readonly ticks: readonly number[];
}

/** Values over time: what was, and set apart what will be. Solid is fact, amber certain, dotted an estimate. */
export function TimeChart(props: TimeChartProps) {
  const { ref, width } = useElementSize();
  const frame = frameOf(props, Math.max(width, LEAST_PX));
  return (
    <>
      <div ref={ref} className={classes["chart"]}>
        {width > 0 && (
          <>
            <svg
              width={width}
              height={HEIGHT}
              role="img"
              aria-label={props.label}
              className={classes["picture"]}
            >
              <Ground props={props} frame={frame} />
              <Lines props={props} frame={frame} />
            </svg>
            <Marks props={props} frame={frame} />
            <Pointer props={props} frame={frame} />
          </>
        )}
      </div>
      <AxisNote from={frame.ticks[0] ?? 0} format={props.formatValue} />
    </>
  );
}

interface AxisNoteProps {
  readonly from: number;
  readonly format: (value: number) => string;
}

/** An axis that does not begin at nothing makes changes look greater than they are, so it says so. */
function AxisNote({ from, format }: AxisNoteProps) {
  const { t } = useTranslation("ui");
  if (from === 0) return null;
  return <p className={classes["axis"]}>{t("axisFrom", { number: format(from) })}</p>;
}

function frameOf({ lines, band = [], from, to, formatValue }: TimeChartProps, width: number): Frame {
  const values = [
    ...lines.flatMap(({ points }) => points.map(({ value }) => value)),
    ...band.flatMap(({ low, high }) => [low, high]),
  ];
  const ticks = valueTicks(Math.min(...values), Math.max(...values));
  const left = Math.max(...ticks.map((tick) => formatValue(tick).length)) * LETTER_PX + 8;
  const right = width - 6;
  const [least = 0, most = 1] = [ticks[0], ticks.at(-1)];
  return {
    x: scale([from, to], [left, right]),
    y: scale([least, most], [HEIGHT - BOTTOM, TOP]),
    left,
    right,
    ticks,
  };
}

interface Drawing {
  readonly props: TimeChartProps;
  readonly frame: Frame;
}

/** Grid, months, and the shaded ground of what is ahead. */
function Ground({ props, frame }: Drawing) {
  const { x, y, left, right, ticks } = frame;
  const { to, now, formatValue, nowLabel, aheadLabel } = props;
  const present = x(Math.min(now, to));
  return (
    <g>
      {now < to && (
        <rect
          x={present}
          y={TOP - 18}
          width={right - present}
          height={HEIGHT - BOTTOM - TOP + 18}
          className={classes["ahead"]}
        />
      )}
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} className={classes["grid"]} />
          <text x={left - 8} y={y(tick) + 4} textAnchor="end" className={classes["tick"]}>
            {formatValue(tick)}
          </text>
        </g>
      ))}
      <Dates props={props} frame={frame} />
      {now < to && (
        <>
          <line x1={present} x2={present} y1={TOP - 18} y2={HEIGHT - BOTTOM} className={classes["present"]} />
          <text x={present - 6} y={TOP - 7} textAnchor="end" className={classes["tick"]}>
            {nowLabel}
          </text>
          <text x={present + 6} y={TOP - 7} className={classes["tick"]}>
            {aheadLabel}
          </text>
        </>
      )}
    </g>
  );
}

/** Months along the bottom, or days where the stretch is short. */
function Dates({ props, frame }: Drawing) {
  const { x, left, right } = frame;
  const { from, to, formatMonth, formatDay } = props;
  const ticksOf = formatDay === undefined ? monthTicks : dayTicks;
  const formatDate = formatDay ?? formatMonth;
  return ticksOf(from, to, Math.floor((right - left) / MONTH_PX)).map((at) => (
    <text
      key={at}
      x={Math.min(x(at), right - 26)}
      y={HEIGHT - 6}
      textAnchor={x(at) < left + 20 ? "start" : "middle"}
      className={classes["tick"]}
    >
      {formatDate(at)}
    </text>
  ));
}

function Lines({ props, frame }: Drawing) {
  const { x, y } = frame;
  const { lines, band = [], notes = [] } = props;
  const fact = lines.find(({ role }) => role === "fact")?.points ?? [];
  const [first, last] = [fact[0], fact.at(-1)];
  return (
    <g>
      {first !== undefined && last !== undefined && (
        <path
          d={`${linePath(fact, frame)}V${HEIGHT - BOTTOM}H${x(first.at).toFixed(1)}Z`}
          className={classes["area"]}
        />
      )}
      {band.length > 0 && <path d={bandPath(band, frame)} className={classes["band"]} />}
      {lines.map(({ role, points, stepped = false }) => (
        <path key={role} d={linePath(points, frame, stepped)} data-role={role} className={classes["line"]} />
      ))}
      {last !== undefined && <circle cx={x(last.at)} cy={y(last.value)} r={4} className={classes["last"]} />}
      {notes.map(({ at, value, text }) => (
        <Note key={`${at} ${text}`} x={x(at)} y={y(value)} text={text} frame={frame} />
      ))}
    </g>
  );
}

/** Above its line, but below the words at the top of the picture. */
function Note(props: {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly frame: Frame;
}) {
  const { x, y, text, frame } = props;
  const wide = text.length * LETTER_PX;
  const toLeft = x + wide > frame.right;
  return (
    <text
      x={toLeft ? x - 5 : x + 5}
      y={y - 6 < TOP ? y + 15 : y - 6}
      textAnchor={toLeft ? "end" : "start"}
      className={classes["note"]}
    >
      {text}
    </text>
  );
}

function bandPath(band: readonly Band[], scales: Scales): string {
  const edge = (of: "low" | "high") => band.map((each) => ({ at: each.at, value: each[of] }));
  const high = linePath(edge("high"), scales);
  const low = linePath(edge("low").toReversed(), scales);
  return `${high}L${low.slice(1)}Z`;
}

function Marks({ props, frame }: Drawing) {
  return (props.marks ?? []).map(({ key, at, value, link }) => (
    <span key={key} className={classes["mark"]} style={{ left: frame.x(at), top: frame.y(value) }}>
      {link}
    </span>
  ));
}

/** A line below the pointer with what was, or will be, at that moment. Touch shows it as well. */
function Pointer({ props, frame }: Drawing) {
  const [at, setAt] = useState<number | null>(null);
  const { left, right } = frame;
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const inside = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setAt(props.from + (inside / (right - left)) * (props.to - props.from));
  };
  const place = at === null ? 0 : frame.x(at);
  return (
    <div
      className={classes["pointer"]}
      style={{ left, width: right - left, top: TOP, bottom: BOTTOM }}
      onPointerMove={move}
      onPointerDown={move}
      onPointerLeave={() => setAt(null)}
    >
      {at !== null && (
        <>
          <i className={classes["hair"]} style={{ left: place - left }} />
          <div
            className={classes["tip"]}
            data-side={place > (left + right) / 2 ? "left" : "right"}
            style={{ left: place - left }}
          >
            {props.describe(at)}
          </div>
        </>
      )}
    </div>
  );
}
