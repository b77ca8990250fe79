import { randomBytes } from "node:crypto";
import { deleteAccount } from "#server/accounts/delete-account.ts";
import type { Calendar } from "#server/billing/update-instant.ts";
import { rollUpAccount } from "#server/marketing-status/usage/roll-up-usage.ts";
import { showUsage } from "#server/marketing-status/usage/show-usage.ts";
import { fixedClock } from "#server/platform/clock.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { automate } from "./automation.ts";
import { balanceSteps, MARKETING } from "./balance.ts";
import { careSteps } from "./care.ts";
import { growthSteps, PEOPLE, planGrowth } from "./growth.ts";
import { makePeople } from "./people.ts";
import { type Moments, momentsUntil, PERIODS } from "./periods.ts";
import { accountExists, findUserId } from "./queries.ts";
import { type ReadFile, readFile } from "./run-import.ts";
import { DEMO_ACCOUNT, DEMO_ZONE, setUpDemo, type Team } from "./set-up-demo.ts";
import { runSteps } from "./step.ts";

interface Input {
  readonly email: string;
  /** Without one a random password is made. */
  readonly password?: string | undefined;
  readonly onProgress: (done: number, total: number) => void;
}

export interface Demo {
  readonly accountId: string;
  readonly account: string;
  readonly email: string;
  /** The password that was made; null where one was given, or the login was there already and keeps its own. */
  readonly password: string | null;
  readonly contacts: number;
  readonly marketing: number;
  readonly waiting: number;
  readonly contactLimit: number | null;
  readonly nextUpdate: string;
}

/**
 * Makes the account "Fernhill Outdoor" with 5,000 contacts and nine months of history, by the acts that people use,
 * at moments of the past. Its content is the same every time. Refuses where there is such an account.
 */
export async function makeDemo(context: Context, { email, password, onProgress }: Input): Promise<Demo> {
  if (await accountExists(context, DEMO_ACCOUNT)) {
    throw new AppError("conflict", "demo:account_exists", { account: DEMO_ACCOUNT });
  }
  const isNew = (await findUserId(context, email.trim().toLowerCase())) === null;
  const made = password === undefined && isNew ? randomBytes(12).toString("base64url") : null;
  const now = await context.clock.now(context.db);
  const at = momentsUntil(calendarAt(now), now);
  const team = await setUpDemo(context, { email, password: password ?? made ?? "" }, at);
  await fillOrRemove(context, { team, at, onProgress });
  const usage = await showUsage({ ...context, accountId: team.accountId }, {});
  return {
    accountId: team.accountId,
    account: DEMO_ACCOUNT,
    email,
    password: made,
    contacts: usage.total,
    marketing: usage.marketing,
    waiting: usage.waiting,
    contactLimit: usage.contactLimit,
    nextUpdate: usage.nextUpdate,
  };
}

function calendarAt(now: Date): Calendar {
  return { term: "yearly", anchor: `${now.getUTCFullYear()}-02-01`, timeZone: DEMO_ZONE };
}

interface Filling {
  readonly team: Team;
  readonly at: Moments;
  readonly onProgress: Input["onProgress"];
}

/** Half an account would be refused to the next attempt, so what cannot be filled is removed again. */
async function fillOrRemove(context: Context, filling: Filling): Promise<void> {
  try {
    await fill(context, filling);
  } catch (error) {
    await deleteAccount({ ...context, accountId: filling.team.accountId }, { name: DEMO_ACCOUNT });
    throw error;
  }
}

/**
 * Files are read first. Then everything happens in one transaction: no worker comes upon a past operation and does
 * it today.
 */
async function fill(context: Context, { team, at, onProgress }: Filling): Promise<void> {
  const people = makePeople(PEOPLE);
  const byEmail = new Map(people.map((person) => [person.email, person]));
  const begun = at(-PERIODS, 0.05);
  const daysAgo = (days: number) => new Date(begun.getTime() - days * 86_400_000).toISOString().slice(0, 10);
  const { files, singles } = planGrowth(people, daysAgo);
  const read: ReadFile[] = [];
  for (const file of files) {
    const clock = fixedClock(at(file.period, file.share));
    read.push(await readFile({ ...context, clock, accountId: team.accountId, actor: team.marta }, file));
    onProgress(read.length, files.length * 2);
  }
  await inTransaction({ ...context, accountId: team.accountId }, async (context) => {
    const { steps: automated, tend } = automate(byEmail, MARKETING);
    const byHand = [...growthSteps(read, singles), ...careSteps(byEmail), ...balanceSteps(byEmail)];
    const steps = [...byHand, ...automated];
    const half = (done: number) =>
      onProgress(files.length + Math.round((done / steps.length) * files.length), files.length * 2);
    await runSteps(context, countSteps(steps, half), { team, at, tend });
    await rollUpAccount(context);
  });
}

type Steps = Parameters<typeof runSteps>[1];

function countSteps(steps: Steps, onDone: (done: number) => void): Steps {
  let done = 0;
  return steps.map((step) => ({
    ...step,
    act: async (context: Context) => {
      await step.act(context);
      onDone(++done);
    },
  }));
}
