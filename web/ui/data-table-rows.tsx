import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import classes from "./data-table.module.css";
import {
  type BodyProps,
  type Column,
  type DataTableProps,
  spacesAround,
  type TableRow,
} from "./data-table-props.ts";
import { smallIcon } from "./icons.ts";
import { Tick } from "./tick.tsx";

const TICK_PX = 52;
const LEAST_PX = 140;

/** A real table; rows out of sight are two spacers. */
export function TableBody<Row>({ table, rows, virtual }: BodyProps<Row>) {
  const { columns, selection, label, total = -2 } = table;
  const items = virtual.getVirtualItems();
  const [before, after] = spacesAround(virtual);
  const span = columns.length + (selection ? 1 : 0);
  const width = columns.reduce((sum, column) => sum + (column.width ?? LEAST_PX), selection ? TICK_PX : 24);
  return (
    <table
      className={classes["table"]}
      style={{ minWidth: width }}
      aria-label={label}
      aria-rowcount={total + 1}
      data-ticks={selection && true}
    >
      <Columns table={table} />
      <Head table={table} rows={rows} />
      <tbody onKeyDown={(event) => moveBetweenRows(event, virtual)}>
        <Banner table={table} />
        <Spacer height={before} span={span} />
        {items.map(({ index, key }) => {
          const row = rows[index];
          return row && <Line key={key} index={index} row={row} table={table} />;
        })}
        <Spacer height={after} span={span} />
      </tbody>
    </table>
  );
}

function Columns<Row>({ table: { columns, selection } }: Pick<BodyProps<Row>, "table">) {
  return (
    <colgroup>
      {selection && <col style={{ width: TICK_PX }} />}
      {columns.map(({ id, width }) => (
        <col key={id} style={{ width }} />
      ))}
    </colgroup>
  );
}

function Banner<Row>({ table: { columns, selection, banner } }: Pick<BodyProps<Row>, "table">) {
  if (banner === undefined) return null;
  return (
    <tr className={classes["banner"]}>
      {selection && <td />}
      <td colSpan={columns.length}>{banner}</td>
    </tr>
  );
}

function Head<Row>({ table, rows }: Pick<BodyProps<Row>, "table" | "rows">) {
  const { columns, selection } = table;
  const chosen = rows.filter(({ selected }) => selected).length;
  const all = rows.length > 0 && chosen === rows.length;
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection && (
          <th scope="col">
            <Tick
              label={selection.allLabel}
              checked={all}
              some={chosen > 0}
              onChange={() => selection.onSelect(new Set(all ? [] : rows.map(({ id }) => id)))}
            />
          </th>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} table={table} />
        ))}
      </tr>
    </thead>
  );
}

interface HeadCellProps<Row> {
  readonly column: Column<Row>;
  readonly table: DataTableProps<Row>;
}

function HeadCell<Row>({
  column: { id, header, headerHidden, align, sortable },
  table: { sort, onSort },
}: HeadCellProps<Row>) {
  const direction = sort?.by !== id ? undefined : sort.descending ? "descending" : "ascending";
  return (
    <th scope="col" data-align={align} data-sorted={direction && true} aria-sort={direction}>
      {sortable && onSort ? (
        <UnstyledButton
          className={classes["sort"]}
          onClick={() => onSort({ by: id, descending: direction === "ascending" })}
        >
          {direction === "ascending" && <IconArrowUp {...smallIcon} />}
          {direction === "descending" && <IconArrowDown {...smallIcon} />}
          <span title={header}>{header}</span>
        </UnstyledButton>
      ) : headerHidden ? (
        <VisuallyHidden>{header}</VisuallyHidden>
      ) : (
        header
      )}
    </th>
  );
}

interface LineProps<Row> {
  readonly index: number;
  readonly row: TableRow<Row>;
  readonly table: DataTableProps<Row>;
}

function Line<Row>({ index, row, table: { columns, selection } }: LineProps<Row>) {
  return (
    <tr
      className={classes["row"]}
      data-index={index}
      data-selected={row.selected || undefined}
      aria-rowindex={index + 2}
    >
      {selection && (
        <td>
          <Tick label={selection.label(row.original)} checked={row.selected} onChange={row.toggle} />
        </td>
      )}
      {columns.map(({ id, cell, align, wraps }, place) => (
        <td
          key={id}
          data-align={align}
          data-main={place === 0 || undefined}
          onMouseEnter={({ currentTarget }) => sayWhole(currentTarget)}
        >
          {wraps ? <span className={classes["lines"]}>{cell(row.original)}</span> : cell(row.original)}
        </td>
      ))}
    </tr>
  );
}

/** What is cut off is whole in its tooltip. */
function sayWhole(cell: HTMLElement): void {
  const lines = cell.querySelector(`.${classes["lines"]}`) ?? cell;
  const isCut = cell.scrollWidth > cell.clientWidth || lines.scrollHeight > lines.clientHeight;
  if (isCut) cell.title = cell.innerText;
  else cell.removeAttribute("title");
}

function Spacer({ height, span }: { readonly height: number; readonly span: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden className={classes["spacer"]}>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Down and up go to the same control (checkbox, link) of the next row, drawing it first where it is out of sight. */
function moveBetweenRows(event: KeyboardEvent, virtual: BodyProps<unknown>["virtual"]): void {
  const step = steps[event.key];
  const from = event.target as HTMLElement;
  const row = from.closest<HTMLElement>("tr[data-index]");
  if (step === undefined || row === null || !["INPUT", "A"].includes(from.tagName)) return;
  event.preventDefault();
  const index = Number(row.dataset["index"]) + step;
  virtual.scrollToIndex(index);
  requestAnimationFrame(() => {
    const body = row.parentElement ?? document.querySelector("tbody");
    const kind = from.tagName === "INPUT" ? "input" : "a";
    body?.querySelector<HTMLElement>(`tr[data-index="${index}"] ${kind}`)?.focus({ preventScroll: true });
  });
}
