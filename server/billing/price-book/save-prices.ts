import type { z } from "zod";
import type { deletePrices as deleteEndpoint, savePrices as endpoint } from "#contract/price-book.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { lockPriceBook } from "../queries.ts";
import { listPrices } from "./list-prices.ts";
import { requireSound, withCurrency } from "./price-page.ts";
import { deletePage, selectPayingAccounts, upsertPage } from "./queries.ts";

type Reply = z.input<typeof endpoint.reply>;

/** Saves a page of the price book: from then on it is no example. Tiers of accounts stay as they are. */
export async function savePrices(context: Context, input: z.output<typeof endpoint.input>): Promise<Reply> {
  const page = withCurrency(input);
  requireSound(page);
  return inTransaction(context, async (context) => {
    await lockPriceBook(context);
    await upsertPage(context, page);
    await record(context, "price_book.saved", { ...page });
    const { pages } = await listPrices(context);
    const saved = pages.find(({ plan, currency }) => plan === page.plan && currency === page.currency);
    return saved as Reply;
  });
}

/** Removes a page that no account pays by. */
export async function deletePrices(
  context: Context,
  input: z.output<typeof deleteEndpoint.input>,
): Promise<void> {
  const page = withCurrency(input);
  return inTransaction(context, async (context) => {
    await lockPriceBook(context);
    const accounts = await selectPayingAccounts(context, page);
    if (accounts.length > 0) {
      const details = { count: accounts.length, name: accounts[0]?.name };
      throw new AppError("conflict", "billing:prices_in_use", details);
    }
    if (!(await deletePage(context, page))) throw new AppError("not_found", "billing:prices_missing");
    await record(context, "price_book.deleted", { ...page });
  });
}

/** The price book is the installation's; its changes are kept with the account the operator is in. */
async function record(context: Context, type: string, details: Record<string, unknown>): Promise<void> {
  if (context.accountId !== "") await recordEvent(context, { type, details });
}
