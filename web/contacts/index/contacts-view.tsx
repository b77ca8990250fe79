import { useQuery } from "@tanstack/react-query";
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
  return (
    <>
      <FilterBar state={state} total={total} />
      {(chosen.count ?? 1) > 0 && <BulkBar state={state} chosen={chosen} />}
      <ContactsTable state={state} loaded={loaded} total={total} chosen={chosen} />
      <StatusLine state={state} total={total} />
    </>
  );
}
