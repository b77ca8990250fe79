import { Button, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";
import { useFormat } from "../../ui/format.ts";
import { useMoney } from "../plans/plan-queries.ts";
import plans from "../plans/plans.module.css";
import classes from "./price-book.module.css";
import type { PricePage } from "./price-form.ts";
import { PricePanel } from "./price-panel.tsx";

interface PriceTableProps {
  /** The pages of one plan, a currency each. */
  readonly pages: readonly PricePage[];
  /** The currency whose prices are being edited in their place. */
  readonly edited: string | null;
  readonly onEdit: (currency: string | null) => void;
}

/** A plan's prices, a row a currency; what is edited opens below its row. */
export function PriceTable({ pages, edited, onEdit }: PriceTableProps) {
  const { t } = useTranslation("prices");
  return (
    <div className={plans["wrap"]}>
      <table className={plans["table"]}>
        <thead>
          <tr>
            <th>{t("currency")}</th>
            <th className={plans["number"]}>{t("included")}</th>
            <th className={plans["number"]}>{t("month")}</th>
            <th>{t("price")}</th>
            <th className={plans["number"]}>{t("users")}</th>
            <th>
              <VisuallyHidden>{t("edit")}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        {pages.map((page) => (
          <tbody key={page.currency}>
            <Row
              page={page}
              isEdited={page.currency === edited}
              onEdit={() => onEdit(page.currency === edited ? null : page.currency)}
            />
            {page.currency === edited && (
              <tr className={classes["editor"]}>
                <td colSpan={6}>
                  <PricePanel page={page} onClose={() => onEdit(null)} />
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </div>
  );
}

interface RowProps {
  readonly page: PricePage;
  readonly isEdited: boolean;
  readonly onEdit: () => void;
}

function Row({ page, isEdited, onEdit }: RowProps) {
  const { t } = useTranslation("prices");
  const { t: billing } = useTranslation("billing");
  const format = useFormat();
  const money = useMoney(page.currency);
  const name = `${billing(`planName.${page.plan}`)}, ${page.currency}`;
  return (
    <tr>
      <td>
        <span className={classes["aside"]}>
          <b>{page.currency}</b>
          {page.example && <Badge>{t("example")}</Badge>}
        </span>
      </td>
      <td className={plans["number"]} data-label={t("included")}>
        {format.number(page.included)}
      </td>
      <td className={plans["number"]} data-label={t("month")}>
        {money(page.base)}
      </td>
      <td data-label={t("price")}>
        <Steps page={page} />
      </td>
      <td className={plans["number"]} data-label={t("users")}>
        {format.number(page.accounts)}
      </td>
      <td className={plans["number"]}>
        <Button
          variant="default"
          size="xs"
          aria-expanded={isEdited}
          aria-label={t("editName", { name })}
          onClick={onEdit}
        >
          {t("edit")}
        </Button>
      </td>
    </tr>
  );
}

/** Each run of tiers with what a step costs there, and when a tier falls. */
function Steps({ page }: { readonly page: PricePage }) {
  const { t } = useTranslation("prices");
  const format = useFormat();
  const money = useMoney(page.currency);
  return (
    <ul className={classes["steps"]}>
      {page.blocks.map(({ from, to, step, price }) => (
        <li key={from}>
          {to === null
            ? t("above", { from: format.number(from) })
            : t("range", { from: format.number(from), to: format.number(to) })}
          {": "}
          <b>{t("each", { money: money(price), step: format.number(step) })}</b>
        </li>
      ))}
      <li className={classes["falls"]}>{t(`falls.${page.tierFalls}`)}</li>
    </ul>
  );
}
