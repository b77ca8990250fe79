import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import stacked from "../../ui/stacked.module.css";
import { majorUnits } from "../billing-query.ts";
import classes from "./statement.module.css";
import type { Statement } from "./usage-queries.ts";

const columns = ["opening", "raised", "lowered", "closing"] as const;

/** One row a value; they add up to the last one. */
export function StatementTable({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation("usage");
  const { by, rows, total, price } = statement;
  return (
    <div className={classes["scroll"]} tabIndex={0} role="region" aria-label={t("statement.title")}>
      <Table className={`${classes["table"]} ${stacked["stacked"]}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{by?.label ?? t("statement.search")}</Table.Th>
            {columns.map((name) => (
              <Table.Th key={name}>{t(`statement.${name}`)}</Table.Th>
            ))}
            {price !== null && <Table.Th>{t("statement.price")}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.type} ${row.value}`} data-dimmed={row.type !== "value" || undefined}>
              <Table.Td>{row.label ?? t(`statement.${row.type === "value" ? "none" : row.type}`)}</Table.Td>
              <Numbers row={row} price={price} />
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">{t("statement.total")}</Table.Th>
            <Numbers row={total} price={price} />
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </div>
  );
}

interface NumbersProps {
  readonly row: Statement["total"];
  readonly price: Statement["price"];
}

/** Each cell carries its column's name, for phones, where a row stands as a card. */
function Numbers({ row, price }: NumbersProps) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const written = {
    opening: format.number(row.opening),
    raised: format.signed(row.raised),
    lowered: format.signed(-row.lowered),
    closing: format.number(row.closing),
  };
  return (
    <>
      {columns.map((name) => (
        <Table.Td key={name} data-label={t(`statement.${name}`)}>
          {written[name]}
        </Table.Td>
      ))}
      {price !== null && (
        <Table.Td data-label={t("statement.price")}>
          {format.number(majorUnits(row.price ?? 0, price.currency), {
            style: "currency",
            currency: price.currency,
          })}
        </Table.Td>
      )}
    </>
  );
}
