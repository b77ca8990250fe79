import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import type { Fields } from "../../filters/filter-field.ts";
import { useFilterFields } from "../../filters/use-filter-fields.ts";

const workflowNamesQuery = queryOptions({
  queryKey: ["workflows", "names"],
  queryFn: async ({ signal }) => {
    const { workflows } = await call("GET /api/workflows", {}, { signal });
    return new Map(workflows.map(({ id, name }) => [id, name]));
  },
  staleTime: 60_000,
});

/** What definitions name by id, in words. */
export interface Names {
  readonly fields: Fields;
  readonly property: (name: string) => string;
  /** A property's value as people know it: the label of its option. */
  readonly value: (property: string, value: string) => string;
  readonly list: (id: string) => string;
  readonly workflow: (id: string) => string;
}

/** Names of properties, lists and workflows; what is gone keeps its id. */
export function useNames(): Names {
  const { t } = useTranslation("filters");
  const fields = useFilterFields();
  const { data: workflows } = useQuery(workflowNamesQuery);
  return useMemo(() => {
    const option = (property: string, value: string) =>
      fields.get(property)?.options.find((each) => each.value === value)?.label;
    return {
      fields,
      property: (name) => fields.get(name)?.label ?? (name === "" ? "…" : name),
      value: (property, value) => option(property, value) ?? (value === "" ? "…" : value),
      list: (id) => option("lists", id) ?? (id === "" || fields.size === 0 ? "…" : t("goneList")),
      workflow: (id) => workflows?.get(id) ?? (id === "" || !workflows ? "…" : id),
    };
  }, [fields, workflows, t]);
}
