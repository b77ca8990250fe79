import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../session.ts";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { ErrorState, LoadingRows } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { billingQuery } from "./billing-query.ts";
import type { BillingTab } from "./billing-search.ts";
import { EditBilling } from "./edit-billing.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { UsageTab } from "./usage-tab.tsx";

/** Account & Billing: what the count is for, when it changes next, and how much room there is. */
export function BillingPage() {
  const { t } = useTranslation("billing");
  const { account } = useMe();
  const { tab = "overview" } = useSearch({ from: "/shell/billing" });
  const navigate = useNavigate();
  const { data: billing, error, refetch } = useQuery(billingQuery);
  return (
    <Page tinted>
      <PageHeader
        title={t("title")}
        {...(account === null ? {} : { crumbs: [account.name] })}
        actions={billing && <EditBilling billing={billing} />}
      />
      <Tabs
        label={t("title")}
        tabs={(["overview", "usage"] as const).map((value) => ({ value, label: t(`tab.${value}`) }))}
        value={tab}
        onChange={(value) =>
          void navigate({ to: "/billing", search: { tab: value as BillingTab }, replace: true })
        }
      >
        <PageBody>
          {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
          {billing === undefined && error === null && <LoadingRows />}
          {billing !== undefined &&
            (tab === "overview" ? <OverviewTab billing={billing} /> : <UsageTab billing={billing} />)}
        </PageBody>
      </Tabs>
    </Page>
  );
}
