import { useState } from "react";
import type { Selection } from "../../../contract/filters.ts";
import type { HeldContact, SourceChoice } from "./review-queries.ts";

/** Which of the waiting contacts an act is about: those ticked, or all of the source that is looked at. */
export interface Among {
  readonly selection: Selection;
  readonly source?: { readonly type: string; readonly id: string | null };
}

const everybody: Selection = { filter: { filterGroups: [] }, query: "" };

/** What is ticked among the rows on screen; another list than before has nothing ticked. */
export function useChosen(
  rows: readonly HeldContact[],
  { source, total }: { readonly source: SourceChoice; readonly total: number },
) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const ids = rows.filter(({ id }) => selected.has(id)).map(({ id }) => id);
  const some = ids.length > 0;
  const among: Among = {
    selection: some ? { ids } : everybody,
    ...(source === null ? {} : { source }),
  };
  const clear = () => setSelected(new Set());
  return { selected, setSelected, clear, some, count: some ? ids.length : total, among };
}

export type Chosen = ReturnType<typeof useChosen>;
