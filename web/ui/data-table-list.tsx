import { IconChevronRight } from "@tabler/icons-react";
import { Fragment, type ReactNode } from "react";
import classes from "./data-table.module.css";
import { type BodyProps, type Column, spacesAround, type TableRow } from "./data-table-props.ts";
import { smallIcon } from "./icons.ts";
import { Tick } from "./tick.tsx";

/** The table at 390 px: name, e-mail, badge, date. The title's link is the whole item. */
export function ListBody<Row>({ table, rows, virtual }: BodyProps<Row>) {
  const items = virtual.getVirtualItems();
  const [before, after] = spacesAround(virtual);
  return (
    <>
      {table.banner !== undefined && <div className={classes["listBanner"]}>{table.banner}</div>}
      <ul
        className={classes["list"]}
        aria-label={table.label}
        style={{ paddingTop: before, paddingBottom: after }}
      >
        {items.map(({ index, key }) => {
          const row = rows[index];
          return (
            row && (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                data-selected={row.selected || undefined}
                className={classes["item"]}
              >
                <Item row={row} table={table} />
              </li>
            )
          );
        })}
      </ul>
    </>
  );
}

function Item<Row>({ row, table }: { readonly row: TableRow<Row>; readonly table: BodyProps<Row>["table"] }) {
  const { columns, selection } = table;
  const show = (place: Column<Row>["narrow"]): ReactNode =>
    columns
      .filter(({ narrow }) => narrow === place)
      .map(({ id, cell }, at) => (
        <Fragment key={id}>
          {at > 0 && " · "}
          {cell(row.original)}
        </Fragment>
      ));
  return (
    <>
      {selection && (
        <Tick label={selection.label(row.original)} checked={row.selected} onChange={row.toggle} />
      )}
      <div className={classes["itemText"]}>
        <div className={classes["itemTitle"]}>
          {show("title")}
          <IconChevronRight {...smallIcon} />
        </div>
        <div className={classes["itemSubtitle"]}>{show("subtitle")}</div>
        <div className={classes["itemMeta"]}>
          <span>{show("badge")}</span>
          <span className={classes["itemAside"]}>{show("aside")}</span>
        </div>
      </div>
    </>
  );
}
