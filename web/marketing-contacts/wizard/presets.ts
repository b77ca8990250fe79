import type { Filter } from "../../filters/filter-field.ts";

type Condition = Filter["filterGroups"][number]["filters"][number];

const of = (...filters: Condition[]): Filter => ({ filterGroups: [{ filters }] });

/** Filters that people often begin with. */
export const presets: readonly (readonly [name: string, filter: Filter])[] = [
  ["customers", of({ propertyName: "lifecyclestage", operator: "IN", values: ["customer"] })],
  ["noFit", of({ propertyName: "hs_lead_status", operator: "IN", values: ["UNQUALIFIED", "BAD_TIMING"] })],
  ["notMailed", of({ propertyName: "hs_email_last_send_date", operator: "NOT_IN_LAST_DAYS", value: "365" })],
  [
    "oldLeads",
    of(
      { propertyName: "lifecyclestage", operator: "IN", values: ["lead"] },
      { propertyName: "createdate", operator: "NOT_IN_LAST_DAYS", value: "730" },
    ),
  ],
];
