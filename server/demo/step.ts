import { rollUpAccount } from "#server/marketing-status/usage/roll-up-usage.ts";
import { fixedClock } from "#server/platform/clock.ts";
import type { Actor, Context } from "#server/platform/context.ts";
import type { Person } from "./people.ts";
import type { Moments } from "./periods.ts";
import { type DemoContact, selectContacts } from "./queries.ts";
import type { Team } from "./set-up-demo.ts";

/** Something somebody did at a moment of the account's past. */
export interface Step {
  readonly period: number;
  readonly share: number;
  readonly by: keyof Pick<Team, "marta" | "jonas" | "karin" | "shop">;
  readonly act: (context: Context) => Promise<unknown>;
}

interface Course {
  readonly team: Team;
  readonly at: Moments;
  /** What the background does after each of them. */
  readonly tend: (context: Context) => Promise<void>;
}

/** Does the steps in the order of their moments. Each day that ends on the way is rolled up as it was then. */
export async function runSteps(
  context: Context,
  steps: readonly Step[],
  { team, at, tend }: Course,
): Promise<void> {
  const order = steps.toSorted((a, b) => a.period - b.period || a.share - b.share);
  for (const { period, share, by, act } of order) {
    const actor: Actor = team[by];
    const then = { ...context, clock: fixedClock(at(period, share)), accountId: team.accountId, actor };
    await rollUpAccount(then);
    await act(then);
    await tend(then);
  }
}

export type Known = DemoContact & { readonly person: Person };

/** The account's contacts at this moment with the people they are, least interested first. */
export async function knownContacts(context: Context, people: ReadonlyMap<string, Person>): Promise<Known[]> {
  const contacts = await selectContacts(context);
  return contacts
    .flatMap((contact) => {
      const person = people.get(contact.email);
      return person ? [{ ...contact, person }] : [];
    })
    .toSorted((a, b) => a.person.interest - b.person.interest);
}
