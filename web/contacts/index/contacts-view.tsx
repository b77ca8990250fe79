import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { BulkBar } from "./bulk-bar.tsx";
import { ContactsTable, useRows } from "./contacts-table.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { countQuery } from "./index-queries.ts";
import { StatusLine } from "./status-line.tsx";
import type { IndexState } from "./use-index-state.ts";
import { useSelection } from "./use-selection.ts";

/** Search, filter, table and what can be done with those who are ticked: of the account, or of a list. */
export function ContactsView({ state }: { readonly state: IndexState }) {
  const { data } = useQuery({ ...countQuery(state.asked), enabled: state.ready });
  const loaded = useRows(state);
  const total = data?.total;
  const chosen = useSelection(state.asked, loaded.rows, total);
  const some = (chosen.count ?? 1) > 0;
  useFocusAfter(some);
  return (
    <>
      <FilterBar state={state} total={total} />
      {some && <BulkBar state={state} chosen={chosen} total={total} />}
      <ContactsTable state={state} loaded={loaded} total={total} chosen={chosen} />
      <StatusLine state={state} total={total} />
    </>
  );
}

/** The bar that had the focus goes with the selection: the table's first checkbox gets it, not the top of the page. */
function useFocusAfter(some: boolean): void {
  const before = useRef(false);
  useEffect(() => {
    if (before.current && !some && document.activeElement === document.body)
      document.querySelector<HTMLElement>("#main table input[type=checkbox]")?.focus();
    before.current = some;
  }, [some]);
}
