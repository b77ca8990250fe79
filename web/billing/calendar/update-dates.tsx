import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useOperationText } from "../../operations/use-operation-text.ts";
import { Badge } from "../../ui/badge.tsx";
import { daysUntil } from "../../ui/days-until.ts";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { Section } from "../../ui/section.tsx";
import { SegmentKey } from "../../ui/split-bar.tsx";
import classes from "./calendar.module.css";
import {
  type Calendar,
  type DatePart,
  partOf,
  type ScheduledLine,
  type UpdateDate,
} from "./calendar-queries.ts";

interface Handlers {
  readonly onCancel: (part: DatePart) => void;
  readonly onShow: (part: DatePart) => void;
}

/** The update dates to come, each with who leaves and by what. */
export function UpdateDates({ calendar, ...handlers }: Handlers & { readonly calendar: Calendar }) {
  const { t } = useTranslation("calendar");
  const { dates, marketing, timeZone } = calendar;
  return (
    <Section title={t("title")} aside={t("zone", { zone: timeZone.replaceAll("_", " ") })}>
      <ol className={classes["dates"]}>
        {dates.map((date, place) => (
          <DateRow
            key={date.instant}
            date={date}
            before={place === 0 ? marketing : (dates[place - 1]?.marketing ?? marketing)}
            days={place === 0 ? daysUntil(date.instant, timeZone) : null}
            {...handlers}
          />
        ))}
      </ol>
    </Section>
  );
}

interface DateRowProps extends Handlers {
  readonly date: UpdateDate;
  readonly before: number;
  /** Until the next one; null for the later ones. */
  readonly days: number | null;
}

function DateRow({ date, before, days, onCancel, onShow }: DateRowProps) {
  const { t } = useTranslation("calendar");
  const format = useFormat();
  const { leaving } = date;
  return (
    <li className={classes["date"]} data-quiet={leaving === 0 || undefined}>
      <div className={classes["when"]}>
        <h3>{format.date(date.day)}</h3>
        <span className={classes["badges"]}>
          {days !== null && <Badge tone="waiting">{format.inDays(days)}</Badge>}
          {date.isRenewal && <Badge>{t("renewal")}</Badge>}
        </span>
      </div>
      <div className={classes["what"]}>
        <p className={classes["head"]}>
          <span>
            {leaving === 0 ? (
              <span className={classes["dimmed"]}>{t("nobody")}</span>
            ) : (
              <>
                <SegmentKey role="waiting" />{" "}
                <b>{t("leaving", { count: leaving, number: format.number(leaving) })}</b>
              </>
            )}
          </span>
          <span className={classes["count"]}>
            {leaving > 0 && (
              <>
                <span className={classes["dimmed"]}>{format.number(before)}</span> →{" "}
              </>
            )}
            {format.number(date.marketing)}
          </span>
        </p>
        {leaving > 0 && <Lines date={date} onCancel={onCancel} onShow={onShow} />}
      </div>
    </li>
  );
}

/** Who scheduled them, and until when it can be taken back. */
function Lines({ date, onCancel, onShow }: Handlers & { readonly date: UpdateDate }) {
  const { t } = useTranslation("calendar");
  const format = useFormat();
  const { lines, instant, lastDay } = date;
  return (
    <>
      <ul className={classes["lines"]}>
        {lines.map((line) => (
          <LineRow
            key={`${line.operationId} ${line.actor.type} ${line.actor.id}`}
            line={line}
            part={partOf(date, line)}
            onCancel={onCancel}
            onShow={onShow}
          />
        ))}
      </ul>
      <p className={classes["last"]}>
        <span>{t("lastDay", { day: format.dateLong(lastDay) })}</span>
        {lines.length > 1 && (
          <GuardedButton
            size="sm"
            variant="default"
            permission="marketing-contacts.edit"
            onClick={() => onCancel({ instant })}
          >
            {t("cancelAll")}
          </GuardedButton>
        )}
      </p>
    </>
  );
}

interface LineRowProps extends Handlers {
  readonly line: ScheduledLine;
  readonly part: DatePart;
}

function LineRow({ line, part, onCancel, onShow }: LineRowProps) {
  const { t } = useTranslation("calendar");
  const format = useFormat();
  const { named, actor } = useOperationText();
  const { operationId, kind, name, contacts, at } = line;
  const what = operationId === null ? t("alone") : named(kind, name);
  return (
    <li>
      <span className={classes["origin"]}>
        {operationId === null ? (
          what
        ) : (
          <Link to="/operations/$operationId" params={{ operationId }}>
            {what}
          </Link>
        )}
        <small>{[actor(line), at === null ? null : format.date(at)].filter(Boolean).join(" · ")}</small>
      </span>
      <UnstyledButton
        className={classes["number"] ?? ""}
        aria-label={t("show", { count: contacts, number: format.number(contacts) })}
        onClick={() => onShow(part)}
      >
        {format.signed(-contacts)}
      </UnstyledButton>
      <GuardedButton
        size="sm"
        variant="subtle"
        permission="marketing-contacts.edit"
        onClick={() => onCancel(part)}
      >
        {t("cancel")}
      </GuardedButton>
    </li>
  );
}
