import {
  enableMarketingContacts as enableEndpoint,
  setUp,
  showBilling as showEndpoint,
} from "#contract/billing.ts";
import { type Route, route } from "#server/platform/route.ts";
import { enableMarketingContacts } from "./enable-marketing-contacts.ts";
import { setUpAccount } from "./set-up-account.ts";
import { showBilling } from "./show-billing.ts";

export const routes: Route[] = [
  route(setUp, "public", setUpAccount),
  route(showEndpoint, "signed-in", showBilling),
  route(enableEndpoint, "billing.edit", async (context) => {
    await enableMarketingContacts(context);
    return {};
  }),
];
