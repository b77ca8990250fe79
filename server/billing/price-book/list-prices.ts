import type { z } from "zod";
import type { listPrices as endpoint } from "#contract/price-book.ts";
import type { Context } from "#server/platform/context.ts";
import { selectPages } from "./queries.ts";

type Reply = z.input<typeof endpoint.reply>;

/** The installation's prices by plan and currency. */
export async function listPrices(context: Context): Promise<Reply> {
  const pages = await selectPages(context);
  return {
    pages: pages.map(({ blocks, updatedAt, ...page }) => ({
      ...page,
      blocks: [...blocks],
      updatedAt: updatedAt.toISOString(),
    })),
  };
}
