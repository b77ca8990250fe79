import { useMediaQuery } from "@mantine/hooks";
import { type RowSelectionState, rowSelectionFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import classes from "./data-table.module.css";
import { ListBody } from "./data-table-list.tsx";
import type { DataTableProps, TableRow } from "./data-table-props.ts";
import { TableBody } from "./data-table-rows.tsx";

const features = tableFeatures({ rowSelectionFeature });
const ROW_PX = 40;
const ITEM_PX = 85;
const AHEAD = 20;

/**
 * Any number of rows: only those in sight are drawn. Fills its parent, which has a height (`Page fill`), and scrolls
 * in both directions inside; `flowing`, it scrolls with the page. Arrow up and down move between rows, Shift selects a range. At 390 px it is a list.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false });
  const rows = useRows(props);
  const { flowing = false } = props;
  const scrollMargin = useTop(scroller, flowing);
  const virtual = useVirtualizer<HTMLElement, Element>({
    count: rows.length,
    getScrollElement: () => (flowing ? pageOf(scroller.current) : scroller.current),
    scrollMargin,
    estimateSize: () => (narrow ? ITEM_PX : ROW_PX),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    // The header sticks over the rows: what is scrolled to stays clear of it.
    scrollPaddingStart: narrow ? 0 : 80,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another shape has other heights
  useEffect(() => virtual.measure(), [narrow]);
  useLoadMore(props, virtual.getVirtualItems().at(-1)?.index ?? -1);
  const Body = narrow ? ListBody : TableBody;
  return (
    <div ref={scroller} className={classes[flowing ? "flowing" : "scroller"]}>
      <Body table={props} rows={rows} virtual={virtual} />
    </div>
  );
}

/** What scrolls a page is its `main`. */
const pageOf = (element: HTMLElement | null) => element?.closest("main") ?? null;

/** How far from the top of the page a flowing table begins. What stands above it may grow at any time. */
function useTop(table: RefObject<HTMLElement | null>, flowing: boolean): number {
  const [top, setTop] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured after each drawing
  useLayoutEffect(() => {
    const [element, page] = [table.current, pageOf(table.current)];
    if (!flowing || element === null || page === null) return;
    setTop(element.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop);
  });
  return top;
}

function useRows<Row extends object>(props: DataTableProps<Row>): readonly TableRow<Row>[] {
  const { rows, rowId, selection } = props;
  const { selected, everything = false } = selection ?? {};
  const data = useMemo(() => [...rows], [rows]);
  const rowSelection = useMemo<RowSelectionState>(() => {
    const ids = everything ? data.map(rowId) : [...(selected ?? [])];
    return Object.fromEntries(ids.map((id) => [id, true]));
  }, [data, rowId, selected, everything]);
  const table = useTable({
    features,
    columns: noColumns,
    data,
    getRowId: rowId,
    state: { rowSelection },
    onRowSelectionChange: (change) => {
      const next = typeof change === "function" ? change(rowSelection) : change;
      selection?.onSelect(new Set(Object.keys(next)));
    },
  });
  return table.getRowModel().rows.map((row) => ({
    id: row.id,
    original: row.original,
    selected: row.getIsSelected(),
    toggle: row.getToggleSelectedHandler(),
  }));
}

const noColumns: never[] = [];

function useLoadMore<Row>(props: DataTableProps<Row>, lastShown: number): void {
  const { rows, loadMore, hasMore = false, loadingMore = false } = props;
  const near = lastShown >= rows.length - AHEAD;
  useEffect(() => {
    if (near && hasMore && !loadingMore) loadMore?.();
  }, [near, hasMore, loadingMore, loadMore]);
}
