import { Button, Select } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { call, downloadUrl } from "../../api.ts";
import { useFormat } from "../../ui/format.ts";
import { icon } from "../../ui/icons.ts";
import { Note } from "../../ui/note.tsx";
import { Page, PageBody, PageHeader } from "../../ui/page.tsx";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import classes from "./statement.module.css";
import type { StatementSearch } from "./statement-search.ts";
import { StatementTable } from "./statement-table.tsx";
import type { Statement } from "./usage-queries.ts";

/** Opening, raised, lowered and closing of a period, by any property; to read, to print, to calculate with. */
export function StatementPage(): ReactNode {
  const { t } = useTranslation("usage");
  const { t: billing } = useTranslation("billing");
  const search = useSearch({ from: "/shell/billing/statement" });
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ["statement", search],
    queryFn: ({ signal }) => call("GET /api/statement", search, { signal }),
    placeholderData: keepPreviousData,
  });
  const crumb = (
    <Link key="billing" to="/billing" search={{ tab: "usage" }}>
      {billing("title")}
    </Link>
  );
  return (
    <Page tinted>
      <PageHeader title={t("statement.title")} crumbs={[crumb]} actions={<Downloads search={search} />} />
      <PageBody>
        {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <LoadingRows />}
        {data !== undefined && (
          <div className={classes["statement"]} aria-busy={isPlaceholderData}>
            <Choices statement={data} search={search} />
            <Paper statement={data} />
          </div>
        )}
      </PageBody>
    </Page>
  );
}

function Downloads({ search }: { readonly search: StatementSearch }) {
  const { t } = useTranslation("usage");
  return (["csv", "pdf"] as const).map((kind) => (
    <Button
      key={kind}
      component="a"
      variant="default"
      href={downloadUrl(`/api/statement/${kind}`, { ...search })}
      download
      leftSection={<IconDownload {...icon} />}
    >
      {t(`statement.${kind}`)}
    </Button>
  ));
}

interface ChoicesProps {
  readonly statement: Statement;
  readonly search: StatementSearch;
}

function Choices({ statement, search }: ChoicesProps) {
  const { t } = useTranslation("usage");
  const navigate = useNavigate();
  const { data: properties } = useQuery({
    queryKey: ["properties"],
    queryFn: ({ signal }) => call("GET /api/properties", {}, { signal }),
  });
  const go = (change: StatementSearch) =>
    void navigate({ to: "/billing/statement", search: change, replace: true });
  const { by, ...time } = search;
  const byChosen = by === undefined ? {} : { by };
  const chosen = statement.isMonth
    ? `month ${statement.firstDay.slice(0, 7)}`
    : `period ${statement.firstDay}`;
  const choices = usePeriods(statement);
  return (
    <div className={classes["choices"]}>
      <Select
        label={t("statement.period")}
        data={choices}
        value={chosen}
        allowDeselect={false}
        onChange={(value) => {
          const [kind = "", day = ""] = (value ?? "").split(" ");
          go({ [kind]: day, ...byChosen });
        }}
      />
      <Select
        label={t("statement.by")}
        placeholder={t("statement.nothing")}
        data={(properties?.properties ?? []).map(({ name, label }) => ({ value: name, label }))}
        value={by ?? null}
        searchable
        clearable
        onChange={(value) => go({ ...time, ...(value === null ? {} : { by: value }) })}
      />
    </div>
  );
}

/** Update periods and calendar months, newest first. */
function usePeriods({ periods, months }: Statement) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const updates = periods.map(({ firstDay, lastDay }) => ({
    value: `period ${firstDay}`,
    label: `${format.date(firstDay)} – ${format.date(lastDay)}`,
  }));
  const calendar = months.map((month) => ({ value: `month ${month}`, label: format.month(`${month}-01`) }));
  return [
    { group: t("statement.update"), items: updates },
    { group: t("statement.month"), items: calendar },
  ];
}

function Paper({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const { account, firstDay, lastDay, isOpen, timeZone, by, rows, price } = statement;
  const span = t("statement.span", { first: format.dateLong(firstDay), last: format.dateLong(lastDay) });
  return (
    <Section title={account} aside={span}>
      {isOpen && <Note>{t("statement.isOpen")}</Note>}
      <StatementTable statement={statement} />
      <div className={classes["notes"]}>
        <p>{t("statement.zone", { zone: timeZone.replaceAll("_", " ") })}</p>
        {by !== null && <p>{t("statement.values")}</p>}
        {rows.some(({ type }) => type === "gone") && <p>{t("statement.goneNote")}</p>}
        {price !== null && (
          <p>
            {t("statement.priceNote", { tier: format.number(price.tier) })}{" "}
            {price.example && t("statement.example")}
          </p>
        )}
      </div>
    </Section>
  );
}
