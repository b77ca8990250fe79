import type { Virtualizer } from "@tanstack/react-virtual";
import type { ReactNode } from "react";

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  /** The header is only read out, as over buttons. */
  readonly headerHidden?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** Pixels; a column without it takes what is left. */
  readonly width?: number;
  /** Numbers and dates stand at the end. */
  readonly align?: "end";
  readonly sortable?: boolean;
  /** What is long takes a second line before it is cut. */
  readonly wraps?: boolean;
  /** Where it goes at 390 px, where a row becomes a list item, after others of the same place; without it, nowhere. */
  readonly narrow?: "title" | "subtitle" | "badge" | "aside";
}

interface Sort {
  readonly by: string;
  readonly descending: boolean;
}

interface Selection<Row> {
  readonly selected: ReadonlySet<string>;
  /** All that match are selected, loaded or not: every row shows it. Unticking one answers the loaded rest. */
  readonly everything?: boolean;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  /** "Select Anna Rask" for the row's checkbox. */
  readonly label: (row: Row) => string;
  /** "Select this page" for the checkbox in the header. */
  readonly allLabel: string;
}

export interface DataTableProps<Row> {
  /** What the rows are, for screen readers. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly selection?: Selection<Row>;
  /** The first row, such as "All 1,204 contacts are selected". */
  readonly banner?: ReactNode;
  /** All rows there are, loaded or not. */
  readonly total?: number | undefined;
  /** Fetches the next page (keyset); called as the end comes near. */
  readonly loadMore?: () => void;
  readonly hasMore?: boolean;
  readonly loadingMore?: boolean;
  /** Stands among others on a page and scrolls with it. */
  readonly flowing?: boolean;
}

/** A row with what the selection needs to know. */
export interface TableRow<Row> {
  readonly id: string;
  readonly original: Row;
  readonly selected: boolean;
  readonly toggle: (event: unknown) => void;
}

export interface BodyProps<Row> {
  readonly table: DataTableProps<Row>;
  readonly rows: readonly TableRow<Row>[];
  readonly virtual: Virtualizer<HTMLElement, Element>;
}

/** Room for the rows before and after those that are drawn, in pixels. */
export function spacesAround(virtual: BodyProps<unknown>["virtual"]): [before: number, after: number] {
  const items = virtual.getVirtualItems();
  const top = virtual.options.scrollMargin;
  const before = (items[0]?.start ?? top) - top;
  return [before, virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top)];
}
