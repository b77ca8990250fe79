import { UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOperationText } from "../../operations/use-operation-text.ts";
import { useFormat } from "../../ui/format.ts";
import { BigNumber } from "../../ui/numbers.tsx";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { majorUnits } from "../billing-query.ts";
import classes from "./calendar.module.css";
import { type Savings, savingsQuery } from "./calendar-queries.ts";

const FIRST = 5;

/** What cleanups avoided, per operation and in total, and what that assumes. */
export function SavingsCard() {
  const { t } = useTranslation("calendar");
  const { data, error, refetch } = useQuery(savingsQuery);
  return (
    <Section title={t("savings.title")}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows />}
      {data !== undefined &&
        (data.operations.length === 0 ? (
          <p className={classes["quiet"]}>{t("savings.none")}</p>
        ) : (
          <Saved savings={data} />
        ))}
    </Section>
  );
}

type Money = (amount: number | null) => string | null;

/** Money where there is some: a list of zeros says nothing. */
function useMoney({ amount, currency }: Savings): Money {
  const format = useFormat();
  return (value) =>
    value === null || currency === null || amount === 0
      ? null
      : format.money(majorUnits(value, currency), currency);
}

function Saved({ savings }: { readonly savings: Savings }) {
  const { t } = useTranslation("calendar");
  const { operations } = savings;
  const [all, setAll] = useState(false);
  const money = useMoney(savings);
  return (
    <>
      <Totals savings={savings} money={money} />
      <ul className={classes["operations"]}>
        {(all ? operations : operations.slice(0, FIRST)).map((operation) => (
          <OperationRow key={operation.operationId} operation={operation} money={money(operation.amount)} />
        ))}
      </ul>
      {!all && operations.length > FIRST && (
        <UnstyledButton className={classes["more"] ?? ""} onClick={() => setAll(true)}>
          {t("savings.more", { count: operations.length - FIRST })}
        </UnstyledButton>
      )}
      <Assumption savings={savings} />
    </>
  );
}

function Totals({ savings, money }: { readonly savings: Savings; readonly money: Money }) {
  const { t } = useTranslation("calendar");
  const format = useFormat();
  const since = savings.periods[0]?.day;
  const saved = money(savings.amount);
  return (
    <div className={classes["saved"]}>
      <BigNumber
        label={t("savings.now")}
        value={format.number(savings.contactsNow)}
        beside={t("savings.fewer")}
      />
      {saved !== null && (
        <BigNumber
          label={since === undefined ? t("savings.money") : t("savings.since", { day: format.date(since) })}
          value={saved}
        />
      )}
    </div>
  );
}

/** What the numbers take for granted. */
function Assumption({ savings }: { readonly savings: Savings }) {
  const { t } = useTranslation("calendar");
  const format = useFormat();
  const { contactPeriods, amount, example } = savings;
  return (
    <p className={classes["quiet"]}>
      {t("savings.assumption", { count: contactPeriods, number: format.number(contactPeriods) })}{" "}
      {amount !== null && t(amount === 0 ? "savings.noTier" : "savings.priced")}{" "}
      {example && t("savings.example")}
    </p>
  );
}

interface OperationRowProps {
  readonly operation: Savings["operations"][number];
  readonly money: string | null;
}

function OperationRow({ operation, money }: OperationRowProps) {
  const { t } = useTranslation("calendar");
  const format = useFormat();
  const { named, actor } = useOperationText();
  const { operationId, kind, name, at, stillOut, left } = operation;
  return (
    <li>
      <span className={classes["origin"]}>
        <Link to="/operations/$operationId" params={{ operationId }}>
          {named(kind, name)}
        </Link>
        <small>{[actor(operation), format.date(at)].join(" · ")}</small>
      </span>
      <span className={classes["worth"]}>
        {money ?? t("savings.periods", { number: format.number(operation.contactPeriods) })}
        <small>{t("savings.out", { out: format.number(stillOut), left: format.number(left) })}</small>
      </span>
    </li>
  );
}
