import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { majorUnits } from "../../billing/billing-query.ts";
import { useFormat } from "../../ui/format.ts";
import { Section } from "../../ui/section.tsx";
import { GroupList } from "../../ui/split-bar.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import classes from "./plans.module.css";
import { type Receipt, receiptsQuery } from "./plans-query.ts";

/** After each update: what became non-marketing, by what, usage before and after, and what that saves. */
export function Receipts() {
  const { t } = useTranslation("cleanup");
  const { data, error, refetch } = useQuery(receiptsQuery);
  return (
    <Section title={t("receipt.title")}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows rows={2} />}
      {data?.receipts.length === 0 && <p className={classes["about"]}>{t("receipt.empty")}</p>}
      {data?.receipts.map((receipt) => (
        <OneReceipt key={receipt.updateAt} receipt={receipt} timeZone={data.timeZone} />
      ))}
    </Section>
  );
}

function OneReceipt({ receipt, timeZone }: { readonly receipt: Receipt; readonly timeZone: string }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const { before, after, became: count } = receipt;
  const number = format.number(count);
  return (
    <article className={classes["receipt"]}>
      <h3>{t("receipt.pageTitle", { date: format.dateLong(receipt.updateAt, timeZone) })}</h3>
      <GroupList
        groups={receipt.by.map((line) => ({
          label: <By line={line} />,
          value: format.number(line.contacts),
        }))}
        total={{ label: t("receipt.became", { count, number }), value: number }}
      />
      <p className={classes["about"]}>
        {t("receipt.usage")}: {format.number(before)} → {format.number(after)}. <Saved receipt={receipt} />
      </p>
    </article>
  );
}

function By({ line }: { readonly line: Receipt["by"][number] }) {
  const { t } = useTranslation("cleanup");
  const { operationId, kind, planName } = line;
  if (operationId === null) return <>{t("receipt.single")}</>;
  const text =
    kind === "plan"
      ? t("receipt.plan", { name: planName })
      : t(kind === "wizard" ? "receipt.wizard" : "receipt.operation", { id: operationId });
  return (
    <Link to="/operations/$operationId" params={{ operationId }}>
      {text}
    </Link>
  );
}

/** Honest about what it compares. */
function Saved({ receipt: { saved } }: { readonly receipt: Receipt }) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  if (saved === null || saved.amount === 0) return null;
  const amount = format.money(majorUnits(saved.amount, saved.currency), saved.currency);
  return (
    <>
      {t("receipt.saved")}: {t("receipt.savedMonth", { amount })}. {t("receipt.savedNote")}{" "}
      {saved.example && t("receipt.example")}
    </>
  );
}
