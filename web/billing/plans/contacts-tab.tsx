import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { useMe } from "../../session.ts";
import { Badge } from "../../ui/badge.tsx";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { Note } from "../../ui/note.tsx";
import rows from "../../ui/rows.module.css";
import { Section } from "../../ui/section.tsx";
import { ErrorState, FormError, LoadingRows } from "../../ui/states.tsx";
import { type Alerts, alertsQuery, useRefreshBilling } from "./plan-queries.ts";
import classes from "./plans.module.css";

/** Who is told when usage comes near the limit or the tier falls, and at which numbers. */
export function ContactsTab() {
  const { data: alerts, error, refetch } = useQuery(alertsQuery);
  if (error !== null && alerts === undefined)
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (alerts === undefined) return <LoadingRows />;
  return (
    <div className={classes["cells"]}>
      <People alerts={alerts} />
      <Addresses alerts={alerts} />
      <Thresholds alerts={alerts} />
    </div>
  );
}

function People({ alerts }: { readonly alerts: Alerts }) {
  const { t } = useTranslation("plans");
  return (
    <Section title={t("contacts.people")}>
      <p className={classes["rule"]}>{t(alerts.mail ? "contacts.peopleHelp" : "contacts.peopleNoMail")}</p>
      <ul className={rows["rows"]}>
        {alerts.people.map(({ id, name, email }) => (
          <li key={id}>
            <div className={rows["main"]}>
              <span className={rows["name"]}>{name}</span>
              <span className={rows["detail"]}>{email}</span>
            </div>
          </li>
        ))}
      </ul>
      {alerts.people.length === 0 && <Note>{t("contacts.nobody")}</Note>}
    </Section>
  );
}

function Addresses({ alerts }: { readonly alerts: Alerts }) {
  const { t } = useTranslation("plans");
  return (
    <Section title={t("contacts.addresses")}>
      <p className={classes["rule"]}>{t("contacts.addressesHelp")}</p>
      {!alerts.mail && <Note>{t("contacts.noMail")}</Note>}
      <ul className={rows["rows"]}>
        {alerts.contacts.map((contact) => (
          <li key={contact.id}>
            <Address contact={contact} timeZone={alerts.timeZone} />
          </li>
        ))}
      </ul>
      <Add />
    </Section>
  );
}

interface AddressProps {
  readonly contact: Alerts["contacts"][number];
  readonly timeZone: string;
}

function Address({ contact, timeZone }: AddressProps) {
  const { t } = useTranslation("plans");
  const refresh = useRefreshBilling();
  const { id, email, confirmedAt } = contact;
  const confirm = useMutation({
    mutationFn: () => call("POST /api/billing/contacts/:id/confirm", { id }),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: () => call("DELETE /api/billing/contacts/:id", { id }),
    onSuccess: refresh,
  });
  const button = { permission: "billing.edit", variant: "default" } as const;
  return (
    <>
      <div className={rows["main"]}>
        <span className={rows["name"]}>
          {email}
          {confirmedAt === null && <Badge tone="waiting">{t("contacts.unconfirmed")}</Badge>}
        </span>
        <span className={rows["detail"]}>
          <Confirmed contact={contact} timeZone={timeZone} />
        </span>
        <FormError error={confirm.error ?? remove.error} />
      </div>
      <div className={rows["end"]}>
        {confirmedAt === null && (
          <GuardedButton {...button} loading={confirm.isPending} onClick={() => confirm.mutate()}>
            {t("contacts.confirm")}
          </GuardedButton>
        )}
        <GuardedButton
          {...button}
          aria-label={t("contacts.removeName", { email })}
          loading={remove.isPending}
          onClick={() => remove.mutate()}
        >
          {t("contacts.remove")}
        </GuardedButton>
      </div>
    </>
  );
}

function Confirmed({ contact: { confirmedAt, confirmedBy }, timeZone }: AddressProps) {
  const { t } = useTranslation("plans");
  const format = useFormat();
  if (confirmedAt === null) return t("contacts.unconfirmedHelp");
  const date = format.date(confirmedAt, timeZone);
  return confirmedBy === null
    ? t("contacts.confirmed", { date })
    : t("contacts.confirmedBy", { date, name: confirmedBy });
}

function Add() {
  const { t } = useTranslation("plans");
  const { can } = useMe();
  const [email, setEmail] = useState("");
  const refresh = useRefreshBilling();
  const add = useMutation({
    mutationFn: (added: string) => call("POST /api/billing/contacts", { email: added }),
    onSuccess: (_, added) => {
      setEmail((typed) => (typed === added ? "" : typed));
      return refresh();
    },
  });
  if (!can("billing.edit")) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(email);
      }}
    >
      <div className={classes["add"]}>
        <TextInput
          type="email"
          aria-label={t("contacts.email")}
          placeholder={t("contacts.email")}
          maxLength={254}
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          {t("contacts.add")}
        </Button>
      </div>
      <FormError error={add.error} />
    </form>
  );
}

function Thresholds({ alerts }: { readonly alerts: Alerts }) {
  const { t } = useTranslation("plans");
  const format = useFormat();
  const { contactLimit, usage, thresholds, timeZone } = alerts;
  if (contactLimit === null) return <Note>{t("alerts.noLimit")}</Note>;
  return (
    <Section title={t("alerts.title")}>
      <p className={classes["rule"]}>
        {t("alerts.now", {
          usage: format.number(usage),
          limit: format.number(contactLimit),
          share: format.percent(usage / contactLimit),
        })}{" "}
        {t("alerts.help")}
      </p>
      <ul className={rows["rows"]}>
        {thresholds.map(({ threshold, at, crossedAt, armed }) => (
          <li key={threshold}>
            <div className={rows["main"]}>
              <span className={rows["name"]}>
                <span className={classes["share"]}>
                  {t("alerts.at", {
                    share: format.number(threshold / 100, { style: "percent" }),
                    number: format.number(at ?? 0),
                  })}
                </span>
                {usage >= (at ?? 0) && <Badge tone="waiting">{t("alerts.above")}</Badge>}
              </span>
              <span className={rows["detail"]}>
                {crossedAt === null
                  ? t("alerts.never")
                  : t("alerts.crossed", { date: format.dateTime(crossedAt, timeZone) })}{" "}
                {!armed && t("alerts.unarmed")}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
