import { Table, TextInput, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fromWallClock, toWallClock } from "../../properties/zoned-time.ts";
import { useFormat } from "../../ui/format.ts";
import { BigNumber } from "../../ui/numbers.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { type Moment, type MomentLine, MomentPeople } from "./moment-people.tsx";
import classes from "./usage.module.css";
import { momentQuery } from "./usage-queries.ts";
import { useLineText } from "./use-line-text.ts";

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

/** The count and why it differs; or, after pressing one of the lines, the contacts behind it. */
function Shown({ at }: { readonly at: string }) {
  const { data: moment, error, refetch } = useQuery(momentQuery(at));
  const [opened, setOpened] = useState<{ readonly at: string; readonly line: MomentLine } | null>(null);
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (moment === undefined) return <LoadingRows />;
  if (opened?.at !== at) return <Counted moment={moment} onShow={(line) => setOpened({ at, line })} />;
  const back = () => {
    setOpened(null);
    focusLine(keyOf(opened.line));
  };
  return <Behind moment={moment} line={opened.line} onBack={back} />;
}

/** Where the keyboard was before. */
function focusLine(key: string): void {
  setTimeout(() => document.querySelector<HTMLElement>(`[data-line="${CSS.escape(key)}"]`)?.focus());
}

interface BehindProps {
  readonly moment: Moment;
  readonly line: MomentLine;
  readonly onBack: () => void;
}

function Behind({ moment, line, onBack }: BehindProps) {
  const name = useMomentText(moment)(line);
  return <MomentPeople line={line} span={moment.span} name={name} onBack={onBack} />;
}

/** Usage at the moment, and why it differs from now. */
function Counted({ moment, onShow }: DifferenceProps) {
  const { t } = useTranslation("usage");
  const format = useFormat();
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
      <Difference moment={moment} onShow={onShow} />
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

interface DifferenceProps {
  readonly moment: Moment;
  readonly onShow: (line: MomentLine) => void;
}

/** From the earlier of the two moments to the later, line by line; each opens the contacts behind it. */
function Difference({ moment, onShow }: DifferenceProps) {
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
          <DifferenceRow key={keyOf(line)} line={line} moment={moment} onShow={() => onShow(line)} />
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

const keyOf = ({ type, at, operationId, sourceType, sourceId }: MomentLine) =>
  `${type}${at}${operationId}${sourceType}${sourceId}`;

function useMomentText({ isFuture, timeZone }: Moment): (line: MomentLine) => string {
  const { t } = useTranslation("usage");
  const lineText = useLineText(timeZone);
  return (line) => (isFuture && line.type === "hand" ? t("line.leaving") : lineText(line));
}

interface DifferenceRowProps {
  readonly line: MomentLine;
  readonly moment: Moment;
  readonly onShow: () => void;
}

/** What an operation did stands on its page; who leaves on a date by one is some of them, listed here. */
function DifferenceRow({ line, moment, onShow }: DifferenceRowProps) {
  const format = useFormat();
  const text = useMomentText(moment)(line);
  const { isFuture, timeZone } = moment;
  const { operationId, at, raised, lowered } = line;
  return (
    <Table.Tr>
      <Table.Td>
        {operationId === null || isFuture ? (
          <UnstyledButton className={classes["line"] ?? ""} data-line={keyOf(line)} onClick={onShow}>
            {text}
          </UnstyledButton>
        ) : (
          <Link to="/operations/$operationId" params={{ operationId }} className={classes["line"]}>
            {text}
          </Link>
        )}
        {isFuture && at !== null && <small className={classes["when"]}>{format.date(at, timeZone)}</small>}
      </Table.Td>
      <Table.Td>{raised === 0 ? "" : format.signed(raised)}</Table.Td>
      <Table.Td>{lowered === 0 ? "" : format.signed(-lowered)}</Table.Td>
    </Table.Tr>
  );
}
