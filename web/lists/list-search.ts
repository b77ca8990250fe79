import type { Filter } from "../../contract/filters.ts";
import { type IndexSearch, indexSearch } from "../contacts/index/index-search.ts";

type Search = Record<string, unknown>;

const text = (value: unknown): string | undefined =>
  (typeof value === "string" && value !== "") || typeof value === "number" ? String(value) : undefined;

function present<Value extends object>(value: Value): { [Key in keyof Value]?: NonNullable<Value[Key]> } {
  const kept = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(kept) as { [Key in keyof Value]?: NonNullable<Value[Key]> };
}

/** What CRM > Lists shows, in the address. */
export interface ListsSearch {
  readonly tab?: "deleted";
  readonly query?: string;
  /** A folder's id, or `none`. */
  readonly folder?: string;
  /** A column; with a minus in front it descends. */
  readonly sort?: string;
}

export function listsSearch(search: Search): ListsSearch {
  return present({
    tab: search["tab"] === "deleted" ? ("deleted" as const) : undefined,
    query: text(search["query"]),
    folder: text(search["folder"]),
    sort: text(search["sort"]),
  });
}

export const listTabs = ["members", "overview", "why", "history"] as const;
export type ListTab = (typeof listTabs)[number];

/** What the page of a list shows; the members' table as in the contacts index. */
export interface ListSearch extends Omit<IndexSearch, "view"> {
  readonly tab?: ListTab;
  /** Whose membership is explained. */
  readonly contact?: string;
}

export function listSearch(search: Search): ListSearch {
  const { view: _, ...index } = indexSearch(search);
  const tab = listTabs.find((known) => known === search["tab"]);
  return { ...index, ...present({ tab, contact: text(search["contact"]) }) };
}

/** What a new list starts with. */
export interface NewListSearch {
  readonly type?: "static";
  readonly folder?: string;
  readonly filter?: Filter;
}

export function newListSearch(search: Search): NewListSearch {
  const { filter } = indexSearch(search);
  const type = search["type"] === "static" ? ("static" as const) : undefined;
  return present({ type, folder: text(search["folder"]), filter });
}
