import type { WorkflowRow } from "../workflow-query.ts";
import type { WorkflowsSearch } from "../workflow-search.ts";

type Compare = (one: string, other: string) => number;

/** What sorts a column: a text as the language sorts, or a number. */
const keys: Record<string, (row: WorkflowRow) => string | number> = {
  name: ({ name }) => name,
  state: ({ state }) => ["on", "paused", "off", "draft"].indexOf(state),
  owner: ({ owner }) => owner.name,
  enrolled: ({ enrolled }) => enrolled,
  waiting: ({ waiting }) => waiting,
  failing: (row) => failing(row),
  changedAt: ({ changedAt }) => Date.parse(changedAt),
};

/** Those that somebody should look at: being retried, and parked. */
export function failing({ retrying, parked }: WorkflowRow): number {
  return retrying + parked;
}

export function readSort(text = "name"): { by: string; descending: boolean } {
  const descending = text.startsWith("-");
  const by = descending ? text.slice(1) : text;
  return Object.hasOwn(keys, by) ? { by, descending } : { by: "name", descending: false };
}

/** The workflows that the address asks for, in its order. */
export function shownWorkflows(
  workflows: readonly WorkflowRow[],
  { query = "", folder, state, sort }: WorkflowsSearch,
  compare: Compare,
): WorkflowRow[] {
  const { by, descending } = readSort(sort);
  const key = keys[by] ?? (({ name }: WorkflowRow) => name);
  const words = plain(query);
  const order = (one: WorkflowRow, other: WorkflowRow): number => {
    const [a, b] = [key(one), key(other)];
    const difference = typeof a === "number" ? a - Number(b) : compare(a, String(b));
    return (descending ? -difference : difference) || compare(one.name, other.name);
  };
  return workflows
    .filter((row) => plain(row.name).includes(words))
    .filter((row) => folder === undefined || folder === row.folder)
    .filter((row) => state === undefined || state === row.state)
    .toSorted(order);
}

/** Accents and case do not keep a name from being found: "Lukasz" finds "Łukasz". */
function plain(text: string): string {
  return text.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ł", "l");
}
