import type { Choice } from "../wizard/wizard-query.ts";

export function SavePlan({ choice }: { readonly choice: Choice }) {
  return choice.groups.length < 0 ? null : null;
}
