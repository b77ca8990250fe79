import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useHeldCount } from "../marketing-contacts/review/held-link.tsx";
import { useMe } from "../session.ts";
import { useFormat } from "../ui/format.ts";
import { MissingPermission } from "../ui/guarded-button.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Note } from "../ui/note.tsx";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { ErrorState, LoadingRows } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { type Billing, billingQuery } from "./billing-query.ts";
import { type BillingSearch, type BillingTab, billingTabs } from "./billing-search.ts";
import { EditBilling } from "./edit-billing.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { UsageActions } from "./usage/usage-actions.tsx";
import { WithoutMarketing } from "./without-marketing.tsx";

type Tab = ComponentType<{ readonly billing: Billing }>;

/** One line a tab; what few open or what draws charts comes when it is opened. */
const contents: Record<BillingTab, Tab> = {
  overview: OverviewTab,
  usage: lazyPart(async () => (await import("./usage/usage-tab.tsx")).UsageTab, <LoadingRows />),
  calendar: lazyPart(async () => (await import("./calendar/calendar-tab.tsx")).CalendarTab, <LoadingRows />),
  review: lazyPart(
    async () => (await import("../marketing-contacts/review/review-tab.tsx")).ReviewTab,
    <LoadingRows />,
  ),
  contacts: lazyPart(async () => (await import("./plans/contacts-tab.tsx")).ContactsTab, <LoadingRows />),
  history: lazyPart(async () => (await import("./plans/history-tab.tsx")).HistoryTab, <LoadingRows />),
};

/** Tabs about who counts: an account without marketing contacts has none of them, and says how to get them. */
const ofMarketing: ReadonlySet<BillingTab> = new Set(["usage", "calendar", "review", "contacts"]);

/** Tabs that say nothing to those who may not see billing. */
const guarded: ReadonlySet<BillingTab> = new Set(["review", "contacts"]);

/** Account & Billing: what the count is for, when it changes next, and how much room there is. */
export function BillingPage(): ReactNode {
  const { t } = useTranslation("billing");
  const { account } = useMe();
  const { tab = "overview" }: BillingSearch = useSearch({ from: "/shell/billing" });
  const navigate = useNavigate();
  const { data: billing, error, refetch } = useQuery(billingQuery);
  const held = useHeldCount();
  const format = useFormat();
  return (
    <Page tinted>
      <PageHeader
        title={t("title")}
        {...(account === null ? {} : { crumbs: [account.name] })}
        actions={billing && (tab === "overview" ? <EditBilling billing={billing} /> : <UsageActions />)}
      />
      <Tabs
        label={t("title")}
        tabs={billingTabs.map((value) => ({
          value,
          label: t(`tab.${value}`),
          ...(value === "review" && held > 0 && billing?.marketingEnabled
            ? { count: format.number(held) }
            : {}),
        }))}
        value={tab}
        onChange={(value) =>
          void navigate({ to: "/billing", search: { tab: value as BillingTab }, replace: true })
        }
      >
        <PageBody>
          {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
          {billing === undefined && error === null && <LoadingRows />}
          {billing !== undefined && <TabContent tab={tab} billing={billing} />}
        </PageBody>
      </Tabs>
    </Page>
  );
}

function TabContent({ tab, billing }: { readonly tab: BillingTab; readonly billing: Billing }) {
  const { can } = useMe();
  const Content = contents[tab];
  if (ofMarketing.has(tab) && !billing.marketingEnabled) return <WithoutMarketing />;
  if (guarded.has(tab) && !can("billing.view"))
    return (
      <Note>
        <MissingPermission permission="billing.view" />
      </Note>
    );
  return <Content billing={billing} />;
}
