import { Option } from "commander";
import { changeBilling as endpoint, plans, policies, terms } from "#contract/billing.ts";
import { loadBilling } from "#server/billing/load-billing.ts";
import { showBilling } from "#server/billing/show-billing.ts";
import { quoteChange } from "#server/billing/tiers/quote-change.ts";
import { showOutlook } from "#server/billing/tiers/show-outlook.ts";
import type { Commands, Output } from "#server/platform/command.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError, WrongUseError } from "#server/platform/errors.ts";
import { parseInput } from "#server/platform/parse-input.ts";
import { readableDate, readableMoment, readableMoney, readableNumber } from "#server/platform/readable.ts";
import { text } from "#server/platform/texts.ts";
import { changeBilling } from "./change-billing.ts";

interface SetOptions {
  readonly tier?: string;
  readonly maximum?: string;
  readonly renewalDay?: string;
  readonly now?: boolean;
  readonly dryRun?: boolean;
  readonly [option: string]: string | boolean | undefined;
}

/** `headroom plan show | set`. */
export const addPlan: Commands = (program, commandLine) => {
  const help = (key: string) => text(commandLine.language, `billing:help_${key}`);
  const choice = (flags: string, key: string, choices: readonly string[]) =>
    new Option(flags, help(key)).choices(choices);
  const command = program.command("plan").description(help("plan_command"));
  command
    .command("show")
    .description(help("plan_show"))
    .action(() => commandLine.inAccount(show));
  command
    .command("set")
    .description(help("plan_set"))
    .addOption(choice("--plan <plan>", "plan", plans))
    .addOption(choice("--term <term>", "term", terms))
    .option("--renewal-day <day>", help("set_renewal_day"))
    .option("--tier <contacts>", help("set_tier"))
    .option("--currency <code>", help("set_currency"))
    .option("--time-zone <zone>", help("time_zone"))
    .addOption(choice("--policy <policy>", "set_policy", policies))
    .option("--maximum <contacts>", help("set_maximum"))
    .option("--now", help("plan_now"))
    .option("--dry-run", help("plan_dry_run"))
    .action((options: SetOptions) =>
      commandLine.inAccount((context, output) => set(context, output, options)),
    );
};

async function show(context: Context, output: Output): Promise<number> {
  const billing = await showBilling(context);
  const outlook = await showOutlook(context);
  const { language } = output;
  const say = (key: string, values: Record<string, string>) =>
    output.line(text(language, `billing:${key}`, values));
  const number = (value: number) => readableNumber(language, value);
  const price = (amount: number | null) => priceText(output, amount, outlook);
  const name = (plan: string) => text(language, `billing:plan_name_${plan}`);
  const { now, atUpdate, atRenewal, plan: planned } = outlook;
  const term = text(language, `billing:term_${billing.term}`);
  say("plan_line", { plan: name(now.plan), term, renewal: readableDate(language, billing.nextRenewal.day) });
  if (!billing.marketingEnabled) say("marketing_contacts_missing", {});
  const tiers = { tier: number(now.tier), usage: number(now.usage), price: price(now.price) };
  if (billing.counting !== "count") say("plan_tier_line", tiers);
  sayGrowth(output, billing, now.usage);
  say("plan_next_line", {
    date: readableMoment(language, atUpdate.instant, billing.timeZone),
    usage: number(atUpdate.usage),
    tier: number(atUpdate.tier),
    price: price(atUpdate.price),
  });
  say("plan_renewal_line", {
    date: readableDate(language, atRenewal.day),
    plan: name(atRenewal.plan),
    tier: number(atRenewal.tier),
    price: price(atRenewal.price),
  });
  sayKept(output, outlook);
  if (planned !== null) {
    const date = readableDate(language, planned.day);
    say("plan_booked_line", { date, plan: name(planned.plan), tier: number(atRenewal.tier) });
  }
  output.json({ ...billing, outlook });
  return 0;
}

type Growth = Pick<Awaited<ReturnType<typeof showBilling>>, "counting" | "policy" | "maximum">;

/** What becomes of raises beyond the contact limit, and the number that nothing passes. */
function sayGrowth(output: Output, { counting, policy, maximum }: Growth, usage: number): void {
  const { language } = output;
  if (counting !== "count") output.line(text(language, `billing:plan_policy_line_${policy}`));
  if (maximum === null) return;
  const left = Math.max(0, maximum - usage);
  const numbers = { maximum: readableNumber(language, maximum), left: readableNumber(language, left) };
  output.line(text(language, "billing:plan_maximum_line", numbers));
}

/** A tier that was chosen and will not be taken, and why. */
function sayKept(output: Output, { fall, now }: Awaited<ReturnType<typeof showOutlook>>): void {
  if (fall === null || (fall.kept !== "usage" && fall.kept !== "cancelled")) return;
  const { language } = output;
  const key = fall.kept === "usage" ? "plan_kept_line" : "plan_cancelled_line";
  output.line(
    text(language, `billing:${key}`, {
      tier: readableNumber(language, now.tier),
      wanted: readableNumber(language, fall.wanted ?? fall.to),
      usage: readableNumber(language, fall.usage),
      date: readableDate(language, fall.day),
    }),
  );
}

function priceText(
  { language }: Output,
  amount: number | null,
  { currency, example }: { currency: string; example: boolean },
): string {
  if (amount === null) return text(language, "billing:plan_no_price");
  const money = readableMoney(language, amount, currency);
  return text(language, example ? "billing:plan_price_example" : "billing:plan_price", { money });
}

async function set(context: Context, output: Output, options: SetOptions): Promise<number> {
  const change = readChange(options);
  const quote = await quoteChange(context, change);
  const { language } = output;
  sayQuote(output, quote);
  if (options.dryRun) {
    await tryOut(context, change);
    output.line(text(language, "command-line:nothing_changed"));
    output.json({ dryRun: true, ...quote });
    return 0;
  }
  const done = await changeBilling(context, change);
  if (done.booked.some(({ what }) => what === "tier")) sayKept(output, await showOutlook(context));
  const { calendar } = await loadBilling(context);
  const date = readableMoment(language, done.nextUpdate, calendar.timeZone);
  output.line(text(language, "billing:plan_changed", { date }));
  output.json({ ...done, quote });
  return 0;
}

/** What plan and tier become, what that costs until renewal, and what is booked for later. */
function sayQuote(output: Output, quote: Awaited<ReturnType<typeof quoteChange>>): void {
  const { language } = output;
  const say = (key: string, values: Record<string, string>) => output.line(text(language, key, values));
  const words = ({ plan, tier }: { plan: string; tier: number }) => ({
    plan: text(language, `billing:plan_name_${plan}`),
    tier: readableNumber(language, tier),
  });
  const { now, after, untilRenewal, booked, currency } = quote;
  if (now.plan !== after.plan || now.tier !== after.tier) {
    say("billing:plan_becomes_line", { ...words(after), price: priceText(output, after.price, quote) });
  }
  if (untilRenewal !== null) {
    say("billing:plan_cost_line", { money: readableMoney(language, untilRenewal, currency) });
  }
  for (const later of booked) {
    say("billing:plan_booked_line", { ...words(later), date: readableDate(language, later.day) });
  }
}

/** Refuses what the change would refuse, and leaves everything as it is. */
async function tryOut(context: Context, change: ReturnType<typeof readChange>): Promise<void> {
  const undone = new Error("tried out");
  const trying = inTransaction(context, async (context) => {
    await changeBilling(context, change);
    throw undone;
  });
  await trying.catch((error: unknown) => {
    if (error !== undone) throw error;
  });
}

function readChange(options: SetOptions) {
  const { plan, term, currency, timeZone, policy, tier, maximum, renewalDay: renewalOn, now } = options;
  const given = {
    plan,
    term,
    currency,
    timeZone,
    policy,
    renewalOn,
    tier: tier === undefined ? undefined : wholeNumber(tier, "tier"),
    maximum: maximum === undefined || maximum === "none" ? null : wholeNumber(maximum, "maximum"),
  };
  const isGiven = ([name, value]: [string, unknown]) =>
    value !== undefined && (name !== "maximum" || maximum !== undefined);
  const change = parseInput(endpoint.input, Object.fromEntries(Object.entries(given).filter(isGiven)));
  if (Object.keys(given).every((name) => !(name in change))) {
    throw new WrongUseError("billing:plan_nothing_to_set");
  }
  return now ? { ...change, when: "now" as const } : change;
}

function wholeNumber(value: string, name: "tier" | "maximum"): number {
  if (!/^-?\d{1,15}$/.test(value)) {
    throw new AppError("invalid_input", `billing:${name}_impossible`, { [name]: value });
  }
  return Number(value);
}
