import type { Context } from "#server/platform/context.ts";
import type { ChangeOrigin } from "#server/properties/record-property-changes.ts";

const sources: Partial<Record<Context["actor"]["type"], string>> = {
  user: "CRM_UI",
  token: "API",
  command: "COMMAND_LINE",
};

/** What a change made by this actor directly is put down to. Imports, forms and apps name themselves. */
export function originOf({ actor }: Context): ChangeOrigin {
  return { sourceType: sources[actor.type] ?? "SYSTEM", sourceId: actor.id };
}
