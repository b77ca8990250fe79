import { Table, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { ChangeContacts, type LineSpan } from "./change-contacts.tsx";
import classes from "./usage.module.css";
import { type Changes, changesQuery, type Line } from "./usage-queries.ts";
import { useLineText } from "./use-line-text.ts";

/** Lines shown before the rest is asked for. */
const FIRST = 9;

/** From the count before the last update to the one of now: what raised, lowered and scheduled, line by line. */
export function UsageChanges() {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const { data, error, refetch } = useQuery(changesQuery);
  const span = data && t("changes.span", { first: format.day(data.from, data.timeZone) });
  return (
    <Section title={t("changes.title")} aside={span}>
      {error !== null && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows />}
      {data !== undefined && <ChangesTable changes={data} />}
    </Section>
  );
}

function ChangesTable({ changes }: { readonly changes: Changes }) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const [all, setAll] = useState(false);
  const [shown, setShown] = useState<LineSpan | null>(null);
  const { lines, timeZone } = changes;
  const namesakes = useNamesakes(changes);
  const rows = all || lines.length <= FIRST + 1 ? lines : lines.slice(0, FIRST);
  return (
    <>
      <Table className={`${classes["changes"]} ${classes["sources"]}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("changes.source")}</Table.Th>
            <Table.Th>{t("changes.raised")}</Table.Th>
            <Table.Th>{t("changes.lowered")}</Table.Th>
            <Table.Th>{t("changes.scheduled", { day: format.day(changes.nextUpdate, timeZone) })}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Table.Tr className={classes["opening"] ?? ""}>
            <Table.Td>{t("changes.opening", { day: format.day(before(changes.from), timeZone) })}</Table.Td>
            <Table.Td />
            <Table.Td />
            <Table.Td>{format.number(changes.opening)}</Table.Td>
          </Table.Tr>
          {rows.map((line) => (
            <LineRow
              key={`${line.type}${line.at}${line.operationId}${line.sourceType}${line.sourceId}`}
              line={line}
              timeZone={timeZone}
              dated={namesakes.has(line)}
              onShow={() => setShown({ line, from: changes.from, to: changes.to })}
            />
          ))}
        </Table.Tbody>
        <Foot changes={changes} />
      </Table>
      {rows.length < lines.length && (
        <UnstyledButton className={classes["more"] ?? ""} onClick={() => setAll(true)}>
          {t("changes.more", { count: lines.length - rows.length })}
        </UnstyledButton>
      )}
      {lines.length === 0 && <p className={classes["quiet"]}>{t("changes.none")}</p>}
      <ChangeContacts span={shown} timeZone={timeZone} onClose={() => setShown(null)} />
    </>
  );
}

function Foot({ changes }: { readonly changes: Changes }) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const { closing, raised, lowered, scheduled } = changes;
  return (
    <Table.Tfoot>
      <Table.Tr>
        <Table.Th scope="row">{t("changes.now", { number: format.number(closing) })}</Table.Th>
        <Table.Td>{blank(raised) ?? format.signed(raised)}</Table.Td>
        <Table.Td>{blank(lowered) ?? format.signed(-lowered)}</Table.Td>
        <Table.Td>{blank(scheduled) ?? format.signed(-scheduled)}</Table.Td>
      </Table.Tr>
    </Table.Tfoot>
  );
}

/** Operations that read like another one: their dates tell them apart. */
function useNamesakes({ lines, timeZone }: Changes): ReadonlySet<Line> {
  const texts = lines.map(useLineText(timeZone));
  return new Set(lines.filter((_, place) => texts.filter((text) => text === texts[place]).length > 1));
}

interface LineRowProps {
  readonly line: Line;
  readonly timeZone: string;
  readonly dated: boolean;
  readonly onShow: () => void;
}

function LineRow({ line, timeZone, dated, onShow }: LineRowProps) {
  const format = useFormat();
  const text = useLineText(timeZone)(line);
  const { operationId, startedAt, raised, lowered, scheduled } = line;
  return (
    <Table.Tr>
      <Table.Td>
        {operationId === null ? (
          <UnstyledButton className={classes["line"] ?? ""} onClick={onShow}>
            {text}
          </UnstyledButton>
        ) : (
          <Link
            to="/operations/$operationId"
            params={{ operationId }}
            className={classes["line"]}
            title={text}
          >
            {text}
          </Link>
        )}
        {dated && startedAt !== null && (
          <small className={classes["when"]}>{format.dateTime(startedAt, timeZone)}</small>
        )}
      </Table.Td>
      <Table.Td>{blank(raised) ?? format.signed(raised)}</Table.Td>
      <Table.Td>{blank(lowered) ?? format.signed(-lowered)}</Table.Td>
      <Table.Td>{blank(scheduled) ?? format.signed(-scheduled)}</Table.Td>
    </Table.Tr>
  );
}

const blank = (value: number): string | null => (value === 0 ? "" : null);

/** The day before a period that begins at midnight. */
function before(instant: string): string {
  return new Date(Date.parse(instant) - 1).toISOString();
}
