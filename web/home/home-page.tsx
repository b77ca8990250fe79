import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { billingQuery, usageQuery } from "../billing/billing-query.ts";
import { WithoutMarketing } from "../billing/without-marketing.tsx";
import { useMe } from "../session.ts";
import { useFormat } from "../ui/format.ts";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { ErrorState } from "../ui/states.tsx";
import { Cleaning } from "./cleaning.tsx";
import { FirstSteps } from "./first-steps.tsx";
import classes from "./home.module.css";
import { homeQuery } from "./home-queries.ts";
import { LatestOperations } from "./latest-operations.tsx";
import { Numbers } from "./numbers.tsx";

/** Where one stands: three numbers, what to clean, what happened last, and the first steps. */
export function HomePage() {
  const { t } = useTranslation("home");
  const format = useFormat();
  const { data: billing } = useQuery(billingQuery);
  const { data: home } = useQuery(homeQuery);
  const hasSteps = home?.steps.some(({ done }) => !done) ?? false;
  const hasMarketing = billing?.marketingEnabled !== false;
  return (
    <Page tinted>
      <PageHeader
        title={useGreeting()}
        documentTitle={t("title")}
        subtitle={format.weekday(new Date())}
        actions={<Actions />}
      />
      <PageBody>
        {hasMarketing ? <Numbers /> : <WithoutMarketing />}
        <Failure />
        <div className={classes["columns"]} data-steps={hasSteps || undefined}>
          <div className={classes["column"]}>
            {hasMarketing && <Cleaning />}
            <LatestOperations />
          </div>
          {hasSteps && home && <FirstSteps steps={home.steps} />}
        </div>
      </PageBody>
    </Page>
  );
}

function useGreeting(): string {
  const { t } = useTranslation("home");
  const { user } = useMe();
  const { zone } = useFormat();
  const hour = Number(
    new Intl.DateTimeFormat("en", { hour: "numeric", hourCycle: "h23", timeZone: zone }).format(new Date()),
  );
  const name = user?.name.split(" ")[0] ?? "";
  if (hour < 5 || hour >= 18) return t("evening", { name });
  return hour < 12 ? t("morning", { name }) : t("afternoon", { name });
}

/** An account without people begins with an import. */
function Actions() {
  const { t } = useTranslation("home");
  const { can } = useMe();
  const { data: usage } = useQuery(usageQuery);
  const isEmpty = usage?.total === 0;
  return (
    <>
      {can("contacts.import") && (
        <Button
          variant={isEmpty ? "filled" : "default"}
          renderRoot={(props) => <Link {...props} to="/imports/new" />}
        >
          {t("import")}
        </Button>
      )}
      {!isEmpty && (
        <Button renderRoot={(props) => <Link {...props} to="/contacts" />}>{t("contacts")}</Button>
      )}
    </>
  );
}

function Failure() {
  const { error, refetch } = useQuery(usageQuery);
  return error && <ErrorState error={error} onRetry={() => void refetch()} />;
}
