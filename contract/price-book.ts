import { z } from "zod";
import { plans } from "./billing.ts";
import { endpoint } from "./endpoint.ts";

const plan = z.enum(plans);
/** What is not a sound number is named by the server, with its place; nothing is checked twice. */
const number = z.number();

/** A run of tiers at one price a step; the last has no end. */
const block = z.object({ from: number, to: number.nullable(), step: number, price: number });

/** Prices for a month in minor units of the currency. */
const pricePage = z.object({
  plan,
  currency: z.string().max(10),
  included: number,
  base: number,
  blocks: z.array(block).max(100),
  tierFalls: z.enum(["update", "renewal"]),
});

const shown = pricePage.extend({
  /** As shipped: nobody has written real prices yet. */
  example: z.boolean(),
  updatedAt: z.iso.datetime(),
  /** Accounts that pay by this page or whose vendor's tiers it lists. */
  accounts: z.int(),
});

/** The installation's prices, by plan and currency. */
export const listPrices = endpoint({
  method: "GET",
  path: "/api/price-book",
  input: z.object({}),
  reply: z.object({ pages: z.array(shown) }),
});

const affected = z.object({
  accountId: z.string(),
  name: z.string(),
  counting: z.enum(["vendor", "clients"]),
  tier: z.int(),
  /** The lowest tier of the new page that holds the account's; null when the page ends below it. */
  holds: z.int().nullable(),
  priceBefore: z.int().nullable(),
  priceAfter: z.int(),
});

/** What a page would change for accounts, before it is saved. Refuses what saving would refuse. */
export const previewPrices = endpoint({
  method: "POST",
  path: "/api/price-book/preview",
  input: pricePage,
  reply: z.object({
    accounts: z.int(),
    /** Accounts whose tier is no step of the page any more, first by name. */
    withoutStep: z.array(affected),
    /** Accounts that keep their tier at another price. */
    repriced: z.array(affected),
    /** Some tiers of the page with their monthly price, to see that the blocks mean what was meant. */
    tiers: z.array(z.object({ tier: z.int(), price: z.int() })),
  }),
});

/** Saves a page, new or known. From then on it is no example. */
export const savePrices = endpoint({
  method: "PUT",
  path: "/api/price-book/:plan/:currency",
  input: pricePage,
  reply: shown,
});

/** Only a page that no account uses. */
export const deletePrices = endpoint({
  method: "DELETE",
  path: "/api/price-book/:plan/:currency",
  input: pricePage.pick({ plan: true, currency: true }),
  reply: z.object({}),
});
