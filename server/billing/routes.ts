import {
  enableMarketingContacts as enableEndpoint,
  setUp,
  showBilling as showEndpoint,
} from "#contract/billing.ts";
import * as plans from "#contract/plans.ts";
import { type Route, route } from "#server/platform/route.ts";
import { enableMarketingContacts } from "./enable-marketing-contacts.ts";
import { setUpAccount } from "./set-up-account.ts";
import { showBilling } from "./show-billing.ts";
import { bookTier } from "./tiers/book-tier.ts";
import { cancelPlanBooking } from "./tiers/cancel-plan-booking.ts";
import { listTierChanges } from "./tiers/list-tier-changes.ts";
import { quoteChange } from "./tiers/quote-change.ts";
import { showOutlook } from "./tiers/show-outlook.ts";

export const routes: Route[] = [
  route(setUp, "public", setUpAccount),
  route(showEndpoint, "signed-in", showBilling),
  route(enableEndpoint, "billing.edit", async (context) => {
    await enableMarketingContacts(context);
    return {};
  }),
  route(plans.listTierChanges, "billing.view", listTierChanges),
  route(plans.showOutlook, "billing.view", showOutlook),
  route(plans.quoteBilling, "billing.edit", quoteChange),
  route(plans.bookTier, "billing.edit", async (context, { tier }) => {
    await bookTier(context, tier);
    return {};
  }),
  route(plans.cancelPlanBooking, "billing.edit", async (context) => {
    await cancelPlanBooking(context);
    return {};
  }),
];
