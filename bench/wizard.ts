import { sql } from "kysely";
import type pg from "pg";
import { cleanupGroups } from "#contract/wizard.ts";
import { chosenContacts } from "#server/marketing-contacts/wizard/choose-contacts.ts";
import {
  type CleanupChoice,
  chosenOf,
  firstChoice,
} from "#server/marketing-contacts/wizard/cleanup-choice.ts";
import { countCleanup } from "#server/marketing-contacts/wizard/count-choice.ts";
import { countCleanupGroups } from "#server/marketing-contacts/wizard/count-groups.ts";
import { reviewChoice } from "#server/marketing-contacts/wizard/review-choice.ts";
import { registerKinds } from "#server/operation-kinds.ts";
import type { Context } from "#server/platform/context.ts";
import { benchContext, openBenchDatabase } from "./bench-database.ts";
import { generateContacts } from "./generate.ts";

// How long the wizard's numbers take, next to a bare count of the same contacts in the same run. BENCH_ACCOUNT reuses
// the contacts of a kept folder.
const contacts = Number(process.env["BENCH_CONTACTS"] ?? 1_000_000);
const ROUNDS = 5;

/** Milliseconds of the middle one of a few. */
async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return Math.round(times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number);
}

const take = (groups: CleanupChoice["groups"]): CleanupChoice => ({
  ...firstChoice,
  groups,
  unengaged: "taken",
  others: "taken",
});

const customers: CleanupChoice["filter"] = {
  filterGroups: [{ filters: [{ propertyName: "lifecyclestage", operator: "EQ", value: "customer" }] }],
};

async function explain(context: Context, choice: CleanupChoice): Promise<void> {
  const scope = await chosenContacts(context, chosenOf(choice));
  const { rows } = await sql<Record<string, string>>`explain (analyze, buffers, costs off)
    select count(*) from (${scope}) s`.execute(context.db);
  console.error(choice.groups.join(" "), `\n${rows.map((row) => Object.values(row)[0]).join("\n")}`);
}

/** Reading every marketing contact once, and nothing else. */
function bare(owner: pg.Pool, accountId: string): Promise<unknown> {
  return owner.query(
    `select count(c.hs_email_last_click_date), count(c.email) from marketing_contact m
      join contact c on c.account_id = m.account_id and c.id = m.contact_id
      where m.account_id = $1 and m.until = 'infinity'`,
    [accountId],
  );
}

registerKinds();
const database = await openBenchDatabase();
try {
  const accountId = process.env["BENCH_ACCOUNT"] ?? (await generateContacts(database.owner, { contacts }));
  const context = benchContext(database.db, accountId);
  const milliseconds: Record<string, number> = { bare: await median(() => bare(database.owner, accountId)) };
  const others = cleanupGroups.filter((group) => group !== "duplicates").join(",");
  milliseconds["groups"] = await median(() => countCleanupGroups(context, { only: others }));
  for (const group of cleanupGroups)
    milliseconds[group] = await median(() => countCleanup(context, { choice: take([group]) }));
  milliseconds["first_choice"] = await median(() =>
    countCleanup(context, { choice: { ...firstChoice, unengaged: "taken" } }),
  );
  milliseconds["groups_with_duplicates"] = await median(() => countCleanupGroups(context, { only: "" }));
  const all = take([...cleanupGroups]);
  milliseconds["all_groups"] = await median(() => countCleanup(context, { choice: all }));
  milliseconds["filter"] = await median(() =>
    countCleanup(context, { choice: { ...take([]), filter: customers } }),
  );
  milliseconds["review"] = await median(() => reviewChoice(context, { ...all, filter: customers }));
  if (process.env["BENCH_EXPLAIN"]) for (const group of cleanupGroups) await explain(context, take([group]));
  console.log(JSON.stringify({ contacts, milliseconds }));
} finally {
  await database.close();
}
