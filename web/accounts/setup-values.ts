import type { UseFormReturnType } from "@mantine/form";
import type { Counting, Plan, Policy, Term } from "../../contract/billing.ts";
import type { Language } from "../../contract/languages.ts";
import type { Input } from "../api.ts";
import { currentLanguage } from "../i18n.ts";
import { browserZone } from "./fields.tsx";

export interface SetupValues {
  name: string;
  email: string;
  password: string;
  account: string;
  language: Language;
  timeZone: string;
  counting: Counting;
  plan: Plan;
  term: Term;
  /** A day of the month, for a monthly term. */
  renewalDay: number | string;
  /** A date, for a yearly one. */
  renewalDate: string;
  /** Empty: what the plan includes. */
  tier: number | string;
  currency: string;
  policy: Policy;
  /** Empty: none. */
  maximum: number | string;
  marketingContacts: boolean;
}

export type SetupForm = UseFormReturnType<SetupValues>;

const currencies: Record<Language, string> = { en: "EUR", sv: "SEK", pl: "PLN" };

/** What the language of the screen proposes: somebody who chooses it means the account too. */
export function proposedBy(language: Language): Pick<SetupValues, "language" | "currency"> {
  return { language, currency: currencies[language] };
}

export function emptySetup(): SetupValues {
  const today = new Intl.DateTimeFormat("en-CA", { dateStyle: "short" }).format();
  return {
    name: "",
    email: "",
    password: "",
    account: "",
    ...proposedBy(currentLanguage()),
    timeZone: browserZone(),
    counting: "vendor",
    plan: "professional",
    term: "monthly",
    renewalDay: Number(today.slice(8)),
    renewalDate: today,
    tier: "",
    policy: "hold",
    maximum: "",
    marketingContacts: true,
  };
}

/** Those who just count have no plan, tier or price. */
export function setupInput(token: string, values: SetupValues): Input<"POST /api/setup"> {
  const { name, email, password, account, language, timeZone, counting, term, marketingContacts } = values;
  const renewal = term === "monthly" ? String(values.renewalDay) : values.renewalDate;
  const maximum = values.maximum === "" ? {} : { maximum: Number(values.maximum) };
  const person = { token, name, email, password, account, language, timeZone };
  const common = { ...person, counting, term, renewal, ...maximum };
  if (counting === "count") return { ...common, marketingContacts };
  const tier = values.tier === "" ? {} : { tier: Number(values.tier) };
  const { plan, currency, policy } = values;
  return { ...common, ...tier, plan, currency, policy, marketingContacts };
}
