import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SettingsPage } from "../../accounts/settings-page.tsx";
import { call } from "../../api.ts";
import { useMe } from "../../session.ts";
import { Badge } from "../../ui/badge.tsx";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { Section } from "../../ui/section.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { useMoney } from "../plans/plan-queries.ts";
import plans from "../plans/plans.module.css";
import classes from "./price-book.module.css";
import type { PricePage } from "./price-form.ts";
import { PricePanel } from "./price-panel.tsx";

/** The installation's prices by plan and currency: for its operator. */
export function PriceBookPage() {
  const { t } = useTranslation("prices");
  const { user } = useMe();
  return (
    <SettingsPage page="price-book">
      {user?.operator === true ? <Book /> : <Note>{t("operatorOnly")}</Note>}
    </SettingsPage>
  );
}

function Book() {
  const { t } = useTranslation("prices");
  const [edited, setEdited] = useState<PricePage | "new" | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ["price-book"],
    queryFn: ({ signal }) => call("GET /api/price-book", {}, { signal }),
  });
  if (error !== null && data === undefined)
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingRows />;
  const close = () => setEdited(null);
  return (
    <>
      {data.pages.some(({ example }) => example) && <Note title={t("examples")}>{t("examplesHelp")}</Note>}
      <div>
        <Button onClick={() => setEdited("new")}>{t("add")}</Button>
      </div>
      {data.pages.map((page) => (
        <PageSection key={`${page.plan}-${page.currency}`} page={page} onEdit={() => setEdited(page)} />
      ))}
      <SidePanel
        opened={edited !== null}
        onClose={close}
        title={t(edited === "new" ? "add" : "edit")}
        width={640}
      >
        {edited !== null && <PricePanel page={edited === "new" ? null : edited} onClose={close} />}
      </SidePanel>
    </>
  );
}

function PageSection({ page, onEdit }: { readonly page: PricePage; readonly onEdit: () => void }) {
  const { t } = useTranslation("prices");
  const { t: billing } = useTranslation("billing");
  const format = useFormat();
  const money = useMoney(page.currency);
  const name = `${billing(`planName.${page.plan}`)}, ${page.currency}`;
  return (
    <Section
      title={name}
      flush
      aside={
        <span className={classes["aside"]}>
          {page.example && <Badge>{t("example")}</Badge>}
          <Button variant="default" size="xs" aria-label={t("editName", { name })} onClick={onEdit}>
            {t("edit")}
          </Button>
        </span>
      }
    >
      <p className={classes["line"]}>
        {t("summary", { included: format.number(page.included), money: money(page.base) })}{" "}
        {t(`falls.${page.tierFalls}`)}{" "}
        {t("accounts", { count: page.accounts, number: format.number(page.accounts) })}
      </p>
      {page.blocks.length > 0 && <Blocks page={page} />}
    </Section>
  );
}

function Blocks({ page }: { readonly page: PricePage }) {
  const { t } = useTranslation("prices");
  const format = useFormat();
  const money = useMoney(page.currency);
  return (
    <div className={plans["wrap"]}>
      <table className={plans["table"]}>
        <thead>
          <tr>
            <th>{t("tiers")}</th>
            <th className={plans["number"]}>{t("step")}</th>
            <th className={plans["number"]}>{t("price")}</th>
          </tr>
        </thead>
        <tbody>
          {page.blocks.map(({ from, to, step, price }) => (
            <tr key={from}>
              <td>
                {to === null
                  ? t("above", { from: format.number(from) })
                  : t("range", { from: format.number(from), to: format.number(to) })}
              </td>
              <td className={plans["number"]} data-label={t("step")}>
                {format.number(step)}
              </td>
              <td className={plans["number"]} data-label={t("price")}>
                {money(price)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
