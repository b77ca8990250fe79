import { useSearch } from "@tanstack/react-router";
import { changed, type IndexState, type ShownList, shown } from "../../contacts/index/use-index-state.ts";
import { everybody } from "../../filters/filter-field.ts";
import { useSearchChange } from "../../ui/use-search-change.ts";
import { also, inList } from "../list-condition.ts";
import { listSearch } from "../list-search.ts";

/** The members of a list as the contacts index shows contacts: with search, filter, sort, columns and bulk changes. */
export function useListContacts(list: ShownList): IndexState {
  const search = listSearch(useSearch({ strict: false }));
  const changeSearch = useSearchChange();
  const own = shown(search);
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
    change: (change) =>
      changeSearch((now) => {
        const { tab, contact, ...index } = listSearch(now);
        return listSearch({ ...changed(index, change, undefined), tab, contact });
      }),
    open: () => {},
    settle: () => {},
  };
}
