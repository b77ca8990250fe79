import { useNavigate, useSearch } from "@tanstack/react-router";
import type { IndexSearch } from "../../contacts/index/index-search.ts";
import {
  differing,
  type IndexState,
  type ShownList,
  shown,
  written,
} from "../../contacts/index/use-index-state.ts";
import { everybody } from "../../filters/filter-field.ts";
import { also, inList } from "../list-condition.ts";
import { listSearch } from "../list-search.ts";

/** The members of a list as the contacts index shows contacts: with search, filter, sort, columns and bulk changes. */
export function useListContacts(list: ShownList): IndexState {
  const search = listSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const own = shown(search);
  const { tab, contact } = search;
  const go = (next: IndexSearch) =>
    void navigate({
      to: "/lists/$listId",
      params: { listId: list.id },
      search: listSearch({ ...next, tab, contact }),
      replace: true,
    });
  return {
    list,
    ...own,
    asked: { filter: also(inList(list.id), own.filter), query: own.query },
    all: { filter: also(inList(list.id), everybody), query: "" },
    views: [],
    view: undefined,
    missing: false,
    ready: true,
    changed: false,
    change: (change) => go(differing({ ...search, ...written(change) }, undefined)),
    open: () => {},
  };
}
