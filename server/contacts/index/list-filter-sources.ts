import type { z } from "zod";
import type * as contract from "#contract/contacts-index.ts";
import { filterSources } from "#server/filters/filter-sources.ts";
import type { Context } from "#server/platform/context.ts";

export function listFilterSources(
  _context: Context,
): Promise<z.input<typeof contract.listFilterSources.reply>> {
  const sources = [...filterSources().values()].map(({ name, type, multiple, options = [] }) => ({
    name,
    type,
    multiple,
    options: [...options],
  }));
  return Promise.resolve({ sources });
}
