import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { everybody, type Filter } from "../../filters/filter-field.ts";
import { useSearchChange } from "../../ui/use-search-change.ts";
import { type Asked, type Sort, type View, viewsQuery } from "./index-queries.ts";
import { type IndexSearch, indexSearch } from "./index-search.ts";

export const startColumns: readonly string[] = [
  "email",
  "hs_marketable_status",
  "hs_object_source",
  "lifecyclestage",
  "createdate",
];
const account: Asked = { filter: everybody, query: "" };
const newestFirst: Sort = { propertyName: "createdate", direction: "desc" };

/** The list whose members are shown. */
export interface ShownList {
  readonly id: string;
  readonly name: string;
  readonly type: "static" | "active";
}

/** `filter` and `query` are what the person wrote. */
export interface IndexState extends Asked {
  /** What is asked of the server: what the person wrote, among everybody there could be. */
  readonly asked: Asked;
  /** Everybody there could be: the account, or the members of a list. */
  readonly all: Asked;
  readonly list?: ShownList;
  readonly views: readonly View[];
  /** Undefined until the views have arrived, or where the address names one that is gone. */
  readonly view: View | undefined;
  /** The address names a view that does not exist (any more). */
  readonly missing: boolean;
  readonly ready: boolean;
  readonly sort: Sort;
  readonly columns: readonly string[];
  /** Something differs from the view and could be saved. */
  readonly changed: boolean;
  /** What is changed by what it is now is written as a function of that: it may be more than what is on screen yet. */
  readonly change: (change: Change | ((now: Written) => Change)) => void;
  readonly open: (view: string) => void;
  /** What the view has kept is no difference any more; what was changed meanwhile stays one. */
  readonly settle: (kept: Change) => void;
}

type Written = Required<Change>;

interface Change {
  readonly filter?: Filter;
  readonly query?: string;
  readonly sort?: Sort;
  readonly columns?: readonly string[];
}

/** What the page shows: the view's filter, columns and sort, with what the address says instead. */
export function useIndexState(): IndexState {
  const search = indexSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const changeSearch = useSearchChange();
  const queryClient = useQueryClient();
  const { data, isSuccess } = useQuery(viewsQuery);
  const views = data?.views ?? [];
  const view = viewOf(views, search);
  const own = shown(search, view);
  return {
    views,
    view,
    missing: isSuccess && view === undefined,
    ready: isSuccess,
    ...own,
    asked: { filter: own.filter, query: own.query },
    all: account,
    changed: [search.filter, search.sort, search.columns].some((part) => part !== undefined),
    change: (change) =>
      changeSearch((now) => {
        const known = queryClient.getQueryData(viewsQuery.queryKey)?.views ?? [];
        return changed(indexSearch(now), change, viewOf(known, indexSearch(now)));
      }),
    open: (name) => void navigate({ to: "/contacts", search: { view: name } }),
    settle: (kept) => changeSearch((now) => without(indexSearch(now), written(kept))),
  };
}

function viewOf(views: readonly View[], { view: named }: IndexSearch): View | undefined {
  return named === undefined ? views[0] : views.find((each) => isNamed(each, named));
}

/** The address after a change. */
export function changed(
  search: IndexSearch,
  change: Parameters<IndexState["change"]>[0],
  view: View | undefined,
): IndexSearch {
  const next = typeof change === "function" ? change(shown(search, view)) : change;
  return differing({ ...search, ...written(next) }, view);
}

/** What the address says, and where it says nothing the view. */
export function shown(search: IndexSearch, view: Partial<View> = {}): Written {
  return {
    filter: search.filter ?? view.filter ?? everybody,
    query: search.query ?? "",
    sort: search.sort === undefined ? (view.sort ?? newestFirst) : readSort(search.sort),
    columns: search.columns?.split(",") ?? view.columns ?? startColumns,
  };
}

/** Without what the view says anyway, so that nothing is left to save where nothing differs. */
function differing(search: IndexSearch, view: View | undefined): IndexSearch {
  return without(search, written(shown({}, view)));
}

function without(search: IndexSearch, known: IndexSearch): IndexSearch {
  const kept = Object.entries(search).filter(
    ([name, value]) =>
      name === "view" || JSON.stringify(value) !== JSON.stringify(known[name as keyof IndexSearch]),
  );
  return Object.fromEntries(kept);
}

function isNamed(view: View, name: string | undefined): boolean {
  return viewName(view) === name || view.id === name;
}

/** How an address names a view: by its key where it has one, which is the same in every account. */
export function viewName({ key, id }: Pick<View, "key" | "id">): string {
  return key ?? id;
}

/** A change as the address says it. */
function written({ filter, query, sort, columns }: Change): IndexSearch {
  return {
    ...(filter && { filter }),
    ...(query !== undefined && { query }),
    ...(sort && { sort: `${sort.direction === "desc" ? "-" : ""}${sort.propertyName}` }),
    ...(columns && { columns: columns.join(",") }),
  };
}

function readSort(text: string): Sort {
  const descending = text.startsWith("-");
  return { propertyName: descending ? text.slice(1) : text, direction: descending ? "desc" : "asc" };
}
