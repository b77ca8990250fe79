import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../../api.ts";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { useMoney } from "../plans/plan-queries.ts";
import classes from "./price-book.module.css";
import type { PriceInput } from "./price-form.ts";

type Effect = Reply<"POST /api/price-book/preview">;
type Affected = Effect["withoutStep"][number];

const WAIT_MS = 350;
/** As many accounts as one reads; the rest is counted. */
const SHOWN = 5;

/** What the page on screen would mean: its tiers and prices, and what becomes of accounts. */
export function PriceEffect({ input }: { readonly input: PriceInput }) {
  const { t } = useTranslation("prices");
  const [settled] = useDebouncedValue(JSON.stringify(input), WAIT_MS);
  const { data, error } = useQuery({
    queryKey: ["price-book", "preview", settled],
    queryFn: ({ signal }) =>
      call("POST /api/price-book/preview", JSON.parse(settled) as PriceInput, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (error !== null) return <Note title={t("notSound")}>{error.message}</Note>;
  if (data === undefined) return null;
  return (
    <div className={classes["effect"]} role="status">
      <Ladder tiers={data.tiers} currency={input.currency} />
      {data.withoutStep.length > 0 && (
        <Note title={t("withoutStep", { count: data.withoutStep.length })}>
          {t("withoutStepHelp")}
          <Accounts accounts={data.withoutStep} currency={input.currency} />
        </Note>
      )}
      {data.repriced.length > 0 && (
        <Note title={t("repriced", { count: data.repriced.length })}>
          <Accounts accounts={data.repriced} currency={input.currency} />
        </Note>
      )}
      {data.withoutStep.length + data.repriced.length === 0 && (
        <Note kind="good">{t("nobody", { count: data.accounts })}</Note>
      )}
    </div>
  );
}

interface LadderProps {
  readonly tiers: Effect["tiers"];
  readonly currency: string;
}

function Ladder({ tiers, currency }: LadderProps) {
  const { t } = useTranslation("prices");
  const format = useFormat();
  const money = useMoney(currency);
  return (
    <div className={classes["ladder"]}>
      <b>{t("ladder")}</b>
      <ol>
        {tiers.map(({ tier, price }) => (
          <li key={tier}>{t("rung", { tier: format.number(tier), money: money(price) })}</li>
        ))}
      </ol>
    </div>
  );
}

function Accounts({
  accounts,
  currency,
}: {
  readonly accounts: readonly Affected[];
  readonly currency: string;
}) {
  const { t } = useTranslation("prices");
  const format = useFormat();
  const money = useMoney(currency);
  const price = (amount: number | null) => (amount === null ? "–" : money(amount));
  return (
    <ul>
      {accounts.slice(0, SHOWN).map(({ accountId, name, tier, holds, priceBefore, priceAfter }) => (
        <li key={accountId}>
          {t("account", {
            name,
            tier: format.number(tier),
            before: price(priceBefore),
            after: price(priceAfter),
          })}{" "}
          {holds !== null && holds !== tier && t("holds", { tier: format.number(holds) })}
          {holds === null && t("holdsNone")}
        </li>
      ))}
      {accounts.length > SHOWN && <li>{t("more", { count: accounts.length - SHOWN })}</li>}
    </ul>
  );
}
