import type { Source } from "#server/marketing-status/marketing-status.ts";
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

/** The same for the ledger: an integration acts through a token, everybody else in person. */
export function statusSourceOf({ actor }: Context): Source & { readonly sourceId: string | null } {
  return { sourceType: actor.type === "token" ? "INTEGRATOR_SET" : "USER_SET", sourceId: actor.id };
}
