import type { z } from "zod";
import type { listProperties as endpoint, Property as PropertyReply } from "#contract/properties.ts";
import type { Context } from "#server/platform/context.ts";
import { loadCatalogue, loadGroups } from "./load-catalogue.ts";
import type { Property } from "./property.ts";
import { listCustomProperties } from "./queries.ts";

export async function listProperties(context: Context): Promise<z.input<typeof endpoint.reply>> {
  return {
    groups: await loadGroups(context),
    properties: [...(await loadCatalogue(context)).values()].map(toReply),
    archived: (await listCustomProperties(context, { archived: true })).map(toReply),
  };
}

function toReply(property: Property): PropertyReply {
  return { ...property, options: [...property.options] };
}
