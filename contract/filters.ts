import { z } from "zod";

/** The one grammar of filters: groups are joined by OR, the conditions in a group by AND. */
const operators = [
  "EQ",
  "NEQ",
  "LT",
  "LTE",
  "GT",
  "GTE",
  "BETWEEN",
  "IN",
  "NOT_IN",
  "HAS_PROPERTY",
  "NOT_HAS_PROPERTY",
  "CONTAINS_TOKEN",
  "NOT_CONTAINS_TOKEN",
  "STARTS_WITH",
  "IN_LAST_DAYS",
  "NOT_IN_LAST_DAYS",
  "IN_NEXT_DAYS",
  /** On `lists`: in at least one of these lists, or in none of them; values are their ids. */
  "IN_LIST",
  "NOT_IN_LIST",
] as const;

const text = z.string().max(3_000);
const scalar = z.union([text, z.number(), z.boolean()]).transform(String);

const condition = z.object({
  propertyName: z.string().min(1).max(100),
  operator: z.enum(operators),
  value: scalar.optional(),
  values: z.array(scalar).max(1_000).optional(),
  highValue: scalar.optional(),
});

/** People write up to five groups; what the wizard chooses comes as further ones. */
export const filter = z.object({
  filterGroups: z
    .array(z.object({ filters: z.array(condition).max(18) }))
    .max(20)
    .default([]),
});

/**
 * Which contacts an act is about: these ids, or everybody who matches the filter and the search words.
 * An empty filter without a query is everybody.
 */
export const selection = z.union([
  z.object({
    ids: z
      .array(z.string().regex(/^[1-9]\d{0,17}$/))
      .min(1)
      .max(10_000),
  }),
  z.object({ filter, query: z.string().max(200).default("") }),
]);

export type Condition = z.output<typeof condition>;
export type Filter = z.output<typeof filter>;
export type Selection = z.output<typeof selection>;
