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

/** Everything to filter by, in the reader's words; empty until it has arrived. */
export function useFilterFields(): Fields {
  const { t } = useTranslation("filters");
  const { data: catalogue } = useQuery(propertiesQuery);
  const { data: extra } = useQuery(sourcesQuery);
  return useMemo(() => {
    if (!catalogue || !extra) return new Map();
    const sources = extra.sources.map((source) => describeSource(source, t));
    return new Map([...describeProperties(catalogue), ...sources].map((field) => [field.name, field]));
  }, [catalogue, extra, t]);
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

function describeSource({ name, type, options }: Source, t: (key: string) => string): FilterField {
  const key = name.replaceAll(".", "_");
  return {
    name,
    type,
    label: t(`source.${key}.label`),
    group: t("sourceGroup"),
    options: options.map((value) => ({ value, label: t(`source.${key}.${value}`) })),
  };
}
