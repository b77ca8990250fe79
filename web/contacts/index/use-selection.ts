import { useMemo, useState } from "react";
import type { Selection } from "../../../contract/filters.ts";
import { isEmpty } from "../../filters/filter-field.ts";
import type { Asked, Row } from "./index-queries.ts";

export interface Chosen {
  readonly ids: ReadonlySet<string>;
  /** All that match, loaded or not. */
  readonly everything: boolean;
  readonly count: number | undefined;
  /** As acts take it. */
  readonly selection: Selection;
  /** All contacts of the account: acts ask once more. */
  readonly everybody: boolean;
  readonly select: (ids: ReadonlySet<string>) => void;
  readonly selectEverything: () => void;
  readonly clear: () => void;
}

const nobody: ReadonlySet<string> = new Set();

interface State {
  readonly about: string;
  readonly ids: ReadonlySet<string>;
  readonly everything: boolean;
}

/** Who is ticked. Another filter, search or view starts afresh: nobody is changed who is not in sight. */
export function useSelection(asked: Asked, rows: readonly Row[], total: number | undefined): Chosen {
  const about = JSON.stringify([asked.filter, asked.query]);
  const [state, setState] = useState<State>({ about, ids: nobody, everything: false });
  const { ids, everything } = state.about === about ? state : { ids: nobody, everything: false };
  const shown = useMemo(
    () => (everything ? new Set(rows.map(({ id }) => id)) : ids),
    [everything, rows, ids],
  );
  const set = (next: Omit<State, "about">) => setState({ about, ...next });
  return {
    ids: shown,
    everything,
    count: everything ? total : ids.size,
    selection: everything ? { filter: asked.filter, query: asked.query } : { ids: [...ids] },
    everybody: everything && isEmpty(asked.filter) && asked.query.trim() === "",
    select: (next) => set({ ids: next, everything: false }),
    selectEverything: () => set({ ids: nobody, everything: true }),
    clear: () => set({ ids: nobody, everything: false }),
  };
}
