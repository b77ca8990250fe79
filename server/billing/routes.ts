import { setUp, showBilling as showEndpoint } from "#contract/billing.ts";
import * as contacts from "#contract/billing-contacts.ts";
import * as plans from "#contract/plans.ts";
import * as priceBook from "#contract/price-book.ts";
import type { Act } from "#server/platform/context.ts";
import { type Route, route } from "#server/platform/route.ts";
import { addContact, confirmContact, removeContact, showAlerts } from "./alerts/billing-contacts.ts";
import { createBilledAccount } from "./create-billed-account.ts";
import { listPrices } from "./price-book/list-prices.ts";
import { previewPrices } from "./price-book/preview-prices.ts";
import { deletePrices, savePrices } from "./price-book/save-prices.ts";
import { setUpAccount } from "./set-up-account.ts";
import { showBilling } from "./show-billing.ts";
import { bookTier } from "./tiers/book-tier.ts";
import { cancelPlanBooking } from "./tiers/cancel-plan-booking.ts";
import { listTierChanges } from "./tiers/list-tier-changes.ts";
import { quoteChange } from "./tiers/quote-change.ts";
import { showOutlook } from "./tiers/show-outlook.ts";

export const routes: Route[] = [
  route(setUp, "public", setUpAccount),
  route(plans.createAccount, "operator", createBilledAccount),
  route(showEndpoint, "signed-in", showBilling),
  route(plans.listTierChanges, "billing.view", listTierChanges),
  route(plans.showOutlook, "billing.view", showOutlook),
  route(plans.quoteBilling, "billing.edit", quoteChange),
  route(
    plans.bookTier,
    "billing.edit",
    quietly((context, { tier }) => bookTier(context, tier)),
  ),
  route(plans.cancelPlanBooking, "billing.edit", quietly(cancelPlanBooking)),
  route(contacts.showAlerts, "billing.view", showAlerts),
  route(contacts.addBillingContact, "billing.edit", quietly(addContact)),
  route(contacts.confirmBillingContact, "billing.edit", quietly(confirmContact)),
  route(contacts.removeBillingContact, "billing.edit", quietly(removeContact)),
  route(priceBook.listPrices, "operator", listPrices),
  route(priceBook.previewPrices, "operator", previewPrices),
  route(priceBook.savePrices, "operator", savePrices),
  route(priceBook.deletePrices, "operator", quietly(deletePrices)),
];

/** An act with nothing to say answers an empty object. */
function quietly<Input>(act: Act<Input, void>): Act<Input, Record<string, never>> {
  return async (context, input) => {
    await act(context, input);
    return {};
  };
}
