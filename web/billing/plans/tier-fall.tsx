import { Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { useMe } from "../../session.ts";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { Note } from "../../ui/note.tsx";
import { Section } from "../../ui/section.tsx";
import { FormError } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast-store.ts";
import type { Billing } from "../billing-query.ts";
import { type Outlook, outlookQuery, useMoney, useRefreshBilling, useWhoText } from "./plan-queries.ts";
import classes from "./plans.module.css";

type Fall = NonNullable<Outlook["fall"]>;

/** What the tier does when it may fall next, and the plan that is booked; both can be changed until then. */
export function TierFall({ billing }: { readonly billing: Billing }) {
  const { t } = useTranslation("plans");
  const { data: outlook } = useQuery(outlookQuery);
  if (outlook === undefined || (outlook.fall === null && outlook.plan === null)) return null;
  return (
    <Section title={t("fall.title")}>
      <div className={classes["stack"]}>
        {outlook.plan !== null && <PlanBooked outlook={outlook} planned={outlook.plan} />}
        {outlook.fall !== null && outlook.fall.instant !== outlook.plan?.instant && (
          <FallNote outlook={outlook} fall={outlook.fall} counting={billing.counting} />
        )}
        {outlook.fall !== null && <Choice outlook={outlook} fall={outlook.fall} />}
      </div>
    </Section>
  );
}

interface FallNoteProps {
  readonly outlook: Outlook;
  readonly fall: Fall;
  readonly counting: Billing["counting"];
}

function FallNote({ outlook, fall, counting }: FallNoteProps) {
  const { t } = useTranslation("plans");
  const who = useWhoText();
  const values = useFallValues(outlook, fall);
  const saving = useSaving(outlook, fall);
  const booked = fall.booked === null ? t("fall.byItself") : t("fall.bookedBy", { name: who(fall.booked) });
  if (fall.kept !== null) {
    return (
      <Note title={t("fall.stays", values)}>
        {t(`fall.kept.${isLowest(fall) ? "lowest" : fall.kept}`, values)} {fall.booked !== null && booked}
      </Note>
    );
  }
  const said = [saving, t("fall.certain", values), booked, counting === "vendor" ? t("fall.vendor") : ""];
  return (
    <Note kind="date" title={t("fall.falls", values)}>
      {said.filter((sentence) => sentence !== "").join(" ")}
    </Note>
  );
}

/** Nothing lower holds them, because there is nothing lower. */
const isLowest = ({ kept, choices }: Fall): boolean => kept === "nothing_lower" && choices.length === 0;

function useFallValues({ now }: Outlook, { to, wanted, usage, day }: Fall): Record<string, string> {
  const format = useFormat();
  return {
    tier: format.number(now.tier),
    to: format.number(to),
    wanted: format.number(wanted ?? to),
    usage: format.number(usage),
    more: format.number(Math.max(0, usage - (wanted ?? to))),
    date: format.dateLong(day),
  };
}

/** "That saves €225 a month."; empty where there is no price. */
function useSaving({ now, currency }: Outlook, { to, choices }: Fall): string {
  const { t } = useTranslation("plans");
  const money = useMoney(currency);
  const lower = choices.find(({ tier }) => tier === to)?.price ?? null;
  if (lower === null || now.price === null) return "";
  return t("fall.saves", { money: money(now.price - lower) });
}

/** Choosing is saved at once: there is nothing to lose, it can be chosen anew until the day. */
function Choice({ outlook, fall }: { readonly outlook: Outlook; readonly fall: Fall }) {
  const { t } = useTranslation("plans");
  const format = useFormat();
  const { can } = useMe();
  const refresh = useRefreshBilling();
  const book = useMutation({
    mutationFn: (value: string) =>
      call("PUT /api/billing/tier-booking", {
        tier: value === "stay" || value === "lowest" ? value : Number(value),
      }),
    onSuccess: async () => {
      await refresh();
      showToast({ title: t("fall.chosen"), tone: "good" });
    },
  });
  const value = chosen(fall);
  const options = useChoices(outlook, fall, value);
  if (fall.kept === "no_prices" && fall.choices.length === 0) return null;
  return (
    <>
      <Select
        label={t("fall.choose", { date: format.dateLong(fall.day) })}
        description={t(can("billing.edit") ? "fall.chooseHelp" : "fall.chooseDenied")}
        disabled={!can("billing.edit") || book.isPending}
        allowDeselect={false}
        maw={420}
        data={options}
        value={book.isPending ? book.variables : value}
        onChange={(next) => next !== null && next !== value && book.mutate(next)}
      />
      <FormError error={book.error} />
    </>
  );
}

function chosen({ booked, kept, wanted, to }: Fall): string {
  if (booked === null) return "lowest";
  return kept === "cancelled" ? "stay" : String(wanted ?? to);
}

function useChoices({ now, currency }: Outlook, { choices }: Fall, value: string) {
  const { t } = useTranslation("plans");
  const format = useFormat();
  const money = useMoney(currency);
  const tiers = choices.map(({ tier, price }) => ({
    value: String(tier),
    label: t("fall.choice", { tier: format.number(tier), money: price === null ? "–" : money(price) }),
  }));
  const isKnown = ["lowest", "stay"].includes(value) || tiers.some((tier) => tier.value === value);
  return [
    { value: "lowest", label: t("fall.lowest") },
    { value: "stay", label: t("fall.stay", { tier: format.number(now.tier) }) },
    ...(isKnown ? [] : [{ value, label: format.number(Number(value)) }]),
    ...tiers,
  ];
}

interface PlanBookedProps {
  readonly outlook: Outlook;
  readonly planned: NonNullable<Outlook["plan"]>;
}

function PlanBooked({ outlook, planned }: PlanBookedProps) {
  const { t } = useTranslation("plans");
  const { t: billing } = useTranslation("billing");
  const format = useFormat();
  const who = useWhoText();
  const refresh = useRefreshBilling();
  const cancel = useMutation({
    mutationFn: () => call("DELETE /api/billing/plan-booking", {}),
    onSuccess: refresh,
  });
  const name = billing(`planName.${planned.plan}`);
  return (
    <Note
      kind="date"
      title={t("planned.title", { plan: name, date: format.dateLong(planned.day) })}
      actions={
        <GuardedButton
          permission="billing.edit"
          size="xs"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {t("planned.cancel")}
        </GuardedButton>
      }
    >
      {t("planned.text", { tier: format.number(outlook.atRenewal.tier), name: who(planned.booked) })}
      <FormError error={cancel.error} />
    </Note>
  );
}
