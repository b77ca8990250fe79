import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../api.ts";
import type { Fields, FilterField } from "./filter-field.ts";

export const propertiesQuery = queryOptions({
  queryKey: ["properties"],
  queryFn: ({ signal }) => call("GET /api/properties", {}, { signal }),
  staleTime: 60_000,
});

const sourcesQuery = queryOptions({
  queryKey: ["filter-sources"],
  queryFn: ({ signal }) => call("GET /api/filter-sources", {}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

const PAGE = 200;
const MOST_LISTS = 2_000;

/** The account's lists by name, so that a condition can name them. */
const listNamesQuery = queryOptions({
  queryKey: ["lists", "names"],
  queryFn: async ({ signal }) => {
    const named: { value: string; label: string }[] = [];
    for (let total = 1; named.length < Math.min(total, MOST_LISTS); ) {
      const page = await call("GET /api/lists", { offset: named.length, limit: PAGE }, { signal });
      if (page.lists.length === 0) break;
      named.push(...page.lists.map(({ id, name }) => ({ value: id, label: name })));
      total = page.total;
    }
    return named;
  },
  staleTime: 60_000,
});

/** Everything to filter by, in the reader's words; empty until it has arrived. */
export function useFilterFields(): Fields {
  const { t } = useTranslation("filters");
  const { data: catalogue } = useQuery(propertiesQuery);
  const { data: extra } = useQuery(sourcesQuery);
  const { data: lists } = useQuery(listNamesQuery);
  return useMemo(() => {
    if (!catalogue || !extra) return new Map();
    const sources = extra.sources.map((source) => describeSource(source, lists ?? [], t));
    return new Map([...describeProperties(catalogue), ...sources].map((field) => [field.name, field]));
  }, [catalogue, extra, lists, t]);
}

function describeProperties({ properties, groups }: Reply<"GET /api/properties">): FilterField[] {
  const groupLabels = new Map(groups.map(({ name, label }) => [name, label]));
  return properties.map(({ name, label, type, options, groupName }) => ({
    name,
    label,
    type,
    options: options.map((option) => ({ value: option.value, label: option.label })),
    group: groupLabels.get(groupName) ?? groupName,
  }));
}

type Source = Reply<"GET /api/filter-sources">["sources"][number];

function describeSource(
  { name, type, options }: Source,
  lists: FilterField["options"],
  t: (key: string) => string,
): FilterField {
  const key = name.replaceAll(".", "_");
  return {
    name,
    type,
    label: t(`source.${key}.label`),
    group: t("sourceGroup"),
    options:
      type === "list" ? lists : options.map((value) => ({ value, label: t(`source.${key}.${value}`) })),
  };
}
