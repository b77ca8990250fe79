import type { FilterSource } from "#server/filters/filter-source.ts";
import { isDuplicate, isRoleAddress } from "./queries.ts";

/** What the wizard proposes people by and the index can then filter by too. */
export const filterSources: readonly FilterSource[] = [
  {
    name: "email.role_address",
    type: "bool",
    multiple: false,
    reads: () => ["contact.email"],
    expression: isRoleAddress,
  },
  { name: "marketing.duplicate", type: "bool", multiple: false, ofOthers: true, expression: isDuplicate },
];
