import { Table, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reply } from "../../api.ts";
import { fromWallClock, toWallClock } from "../../properties/zoned-time.ts";
import { useFormat } from "../../ui/format.ts";
import { BigNumber } from "../../ui/numbers.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import classes from "./usage.module.css";
import { momentQuery } from "./usage-queries.ts";
import { useLineText } from "./use-line-text.ts";

type Moment = Reply<"GET /api/usage/moment">;

interface MomentPanelProps {
  /** A moment, `choose` before one is chosen, null while the panel is closed. */
  readonly at: string | null;
  readonly timeZone: string;
  readonly onChange: (at: string) => void;
  readonly onClose: () => void;
}

/** The meter for any moment, past or to come, and why it differs from now. */
export function MomentPanel({ at, timeZone, onChange, onClose }: MomentPanelProps) {
  const { t } = useTranslation("usage");
  return (
    <SidePanel opened={at !== null} onClose={onClose} title={t("moment.title")} width={460}>
      {at !== null && <Chosen at={at} timeZone={timeZone} onChange={onChange} />}
    </SidePanel>
  );
}

function Chosen({ at, timeZone, onChange }: Omit<MomentPanelProps, "onClose" | "at"> & { at: string }) {
  const { t } = useTranslation("usage");
  const [typed, setTyped] = useState(() => (at === "choose" ? "" : toWallClock(at, timeZone)));
  return (
    <div className={classes["moment"]}>
      <TextInput
        type="datetime-local"
        label={t("moment.when")}
        description={t("moment.zone", { zone: timeZone.replaceAll("_", " ") })}
        value={typed}
        data-autofocus
        onChange={(event) => {
          const { value } = event.currentTarget;
          setTyped(value);
          const instant = fromWallClock(value, timeZone);
          if (instant !== "" && /^[12]\d{3}-/.test(value)) onChange(instant);
        }}
      />
      {at === "choose" ? <p className={classes["quiet"]}>{t("moment.choose")}</p> : <Shown at={at} />}
    </div>
  );
}

function Shown({ at }: { readonly at: string }) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const { data: moment, error, refetch } = useQuery(momentQuery(at));
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (moment === undefined) return <LoadingRows />;
  const { marketing, waiting, now, total, timeZone } = moment;
  return (
    <>
      <BigNumber label={format.zoned(moment.at, timeZone)} value={format.number(marketing)}>
        {t("moment.waiting", { count: waiting, number: format.number(waiting) })}
        {total !== null && (
          <>
            {" · "}
            {t(total.isComplete ? "moment.total" : "moment.totalAtLeast", {
              number: format.number(Math.max(total.contacts, marketing)),
            })}
          </>
        )}
      </BigNumber>
      {total !== null && !total.isComplete && <p className={classes["quiet"]}>{t("moment.incomplete")}</p>}
      <Difference moment={moment} />
      <p className={classes["quiet"]}>
        {now === marketing
          ? t("moment.same")
          : t(moment.isFuture ? "moment.then" : "moment.since", {
              change: format.signed(moment.isFuture ? marketing - now : now - marketing),
            })}
      </p>
    </>
  );
}

/** From the earlier of the two moments to the later, line by line. */
function Difference({ moment }: { readonly moment: Moment }) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const { isFuture, marketing, now, lines, timeZone } = moment;
  const [first, last] = isFuture ? [now, marketing] : [marketing, now];
  const begin = isFuture ? t("moment.now") : format.dateTime(moment.at, timeZone);
  const end = isFuture ? format.dateTime(moment.at, timeZone) : t("moment.now");
  const moving = lines.filter(({ raised, lowered }) => raised !== 0 || lowered !== 0);
  return (
    <Table className={classes["changes"] ?? ""}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("changes.source")}</Table.Th>
          <Table.Th>{t("changes.raised")}</Table.Th>
          <Table.Th>{t("changes.lowered")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        <Table.Tr className={classes["opening"] ?? ""}>
          <Table.Td>{begin}</Table.Td>
          <Table.Td />
          <Table.Td>{format.number(first)}</Table.Td>
        </Table.Tr>
        {moving.map((line) => (
          <DifferenceRow
            key={`${line.type}${line.at}${line.operationId}${line.sourceType}${line.sourceId}`}
            line={line}
            moment={moment}
          />
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th scope="row">{end}</Table.Th>
          <Table.Td />
          <Table.Td>{format.number(last)}</Table.Td>
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  );
}

interface DifferenceRowProps {
  readonly line: Moment["lines"][number];
  readonly moment: Moment;
}

function DifferenceRow({ line, moment: { isFuture, timeZone } }: DifferenceRowProps) {
  const format = useFormat();
  const { t } = useTranslation("usage");
  const lineText = useLineText(timeZone);
  const text = (line: Moment["lines"][number]) =>
    isFuture && line.type === "hand" ? t("line.leaving") : lineText(line);
  const { operationId, at, raised, lowered } = line;
  return (
    <Table.Tr>
      <Table.Td>
        {operationId === null ? (
          text(line)
        ) : (
          <Link to="/operations/$operationId" params={{ operationId }}>
            {text(line)}
          </Link>
        )}
        {isFuture && at !== null && <small className={classes["when"]}>{format.date(at, timeZone)}</small>}
      </Table.Td>
      <Table.Td>{raised === 0 ? "" : format.signed(raised)}</Table.Td>
      <Table.Td>{lowered === 0 ? "" : format.signed(-lowered)}</Table.Td>
    </Table.Tr>
  );
}
