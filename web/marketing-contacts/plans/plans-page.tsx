import { IconCalendarRepeat } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { billingQuery } from "../../billing/billing-query.ts";
import { PlanLacks } from "../../billing/plan-badge.tsx";
import { WithoutMarketing } from "../../billing/without-marketing.tsx";
import { useMe } from "../../session.ts";
import { MissingPermission } from "../../ui/guarded-button.tsx";
import { Note } from "../../ui/note.tsx";
import { Page, PageBody, PageHeader } from "../../ui/page.tsx";
import { Section } from "../../ui/section.tsx";
import { EmptyState, ErrorState, LoadingRows } from "../../ui/states.tsx";
import { ManageButton } from "../wizard/manage-button.tsx";
import { PlanCard } from "./plan-card.tsx";
import { plansQuery } from "./plans-query.ts";
import { Receipts } from "./receipts.tsx";
import { Reminder } from "./reminder.tsx";

/** Cleanups that come back before each update: plans, the reminder, and what each update brought. */
export function PlansPage() {
  const { t } = useTranslation("cleanup");
  return (
    <Page tinted>
      <PageHeader
        title={t("plan.title")}
        subtitle={t("plan.lead")}
        crumbs={[
          <Link key="usage" to="/billing" search={{ tab: "usage" }}>
            {t("usage")}
          </Link>,
        ]}
        actions={<ManageButton />}
      />
      <Content />
    </Page>
  );
}

function Content() {
  const { can } = useMe();
  const { data: billing } = useQuery(billingQuery);
  if (billing?.marketingEnabled === false) {
    return (
      <PageBody>
        <WithoutMarketing />
      </PageBody>
    );
  }
  if (!can("marketing-contacts.edit")) {
    return (
      <PageBody>
        <Note>
          <MissingPermission permission="marketing-contacts.edit" />
        </Note>
      </PageBody>
    );
  }
  return (
    <PageBody aside={<Reminder />}>
      <PlanList />
      <Receipts />
    </PageBody>
  );
}

function PlanList() {
  const { data, error, refetch } = useQuery(plansQuery);
  if (error !== null && data === undefined)
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingRows />;
  return (
    <>
      {!data.included && <Lacking />}
      {data.plans.length === 0 && data.included && <None />}
      {data.plans.map((plan) => (
        <PlanCard key={plan.id} plan={plan} plans={data} />
      ))}
    </>
  );
}

/** What the account's plan lacks, and what it would do. */
function Lacking() {
  const { t } = useTranslation("cleanup");
  return (
    <PlanLacks plan="professional" title={t("plan.title")}>
      {t("plan.needs")}
    </PlanLacks>
  );
}

function None() {
  const { t } = useTranslation("cleanup");
  return (
    <Section>
      <EmptyState icon={IconCalendarRepeat} title={t("plan.empty.title")}>
        {t("plan.empty.text")}
      </EmptyState>
    </Section>
  );
}
