import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Reply } from "../api.ts";
import { usageQuery } from "../billing/billing-query.ts";
import { ManageButton } from "../marketing-contacts/wizard/manage-button.tsx";
import { useFormat } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { Section } from "../ui/section.tsx";
import { ErrorState, LoadingRows } from "../ui/states.tsx";
import classes from "./home.module.css";
import { cleaningQuery } from "./home-queries.ts";

type Result = Reply<"GET /api/home/cleaning">;

/** Marketing contacts one could let go by the next update, each group with a way to look at them first. */
export function Cleaning() {
  const { t } = useTranslation("home");
  const format = useFormat();
  const { data: usage } = useQuery(usageQuery);
  const { data, error, refetch } = useQuery(cleaningQuery);
  const lastDay = usage && new Date(Date.parse(usage.nextUpdate) - 1);
  return (
    <Section
      title={t("clean.title")}
      aside={
        lastDay &&
        data?.total !== 0 && (
          <span className={classes["small"]}>
            {t("clean.by", { day: format.dayLong(lastDay, usage.timeZone) })}
          </span>
        )
      }
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && !error && <LoadingRows rows={3} />}
      {data && (data.total === 0 ? <Nothing /> : <Groups result={data} />)}
    </Section>
  );
}

function Nothing() {
  const { t } = useTranslation("home");
  return (
    <p className={classes["nothing"]}>
      <IconCircleCheck {...icon} />
      {t("clean.nothing")}
    </p>
  );
}

function Groups({ result: { groups, total, filter } }: { readonly result: Result }) {
  const { t } = useTranslation("home");
  const shown = groups.filter(({ contacts }) => contacts > 0);
  return (
    <>
      <ul className={classes["rows"]}>
        {shown.map((group) => (
          <Row
            key={group.reason}
            title={t(`clean.${group.reason}.title`)}
            text={t(`clean.${group.reason}.text`)}
            contacts={group.contacts}
            filter={group.filter}
          />
        ))}
        {shown.length > 1 && (
          <Row
            title={t("clean.total.title")}
            text={t("clean.total.text")}
            contacts={total}
            filter={filter}
            strong
          />
        )}
      </ul>
      <div className={classes["manage"]}>
        <ManageButton variant="default" />
      </div>
    </>
  );
}

interface RowProps {
  readonly title: string;
  readonly text: string;
  readonly contacts: number;
  readonly filter: Result["filter"];
  readonly strong?: boolean;
}

function Row({ title, text, contacts, filter, strong = false }: RowProps) {
  const { t } = useTranslation("home");
  const format = useFormat();
  return (
    <li data-strong={strong || undefined}>
      <div className={classes["text"]}>
        <strong>{title}</strong>
        <small>{text}</small>
      </div>
      <span className={classes["figure"]}>{format.number(contacts)}</span>
      <Button
        size="sm"
        variant="default"
        aria-label={t("clean.reviewOf", { title })}
        renderRoot={(props) => <Link {...props} to="/contacts" search={{ view: "all", filter }} />}
      >
        {t("clean.review")}
      </Button>
    </li>
  );
}
