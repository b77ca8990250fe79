import { saveBilling } from "#server/billing/save-billing.ts";
import { createList } from "#server/lists/definition/create-list.ts";
import { keepListsOf } from "#server/lists/upkeep/keep-lists.ts";
import { createPlan } from "#server/marketing-contacts/plans/save-plan.ts";
import { startDecline } from "#server/marketing-status/review/start-review.ts";
import { setMarketing } from "#server/marketing-status/status/set-marketing.ts";
import type { Context } from "#server/platform/context.ts";
import { createWorkflow } from "#server/workflows/builder/change-workflow.ts";
import { turnOnWorkflow } from "#server/workflows/builder/turn-on.ts";
import { workWorkflow } from "#server/workflows/execution/work-due.ts";
import { hearWhatWaits } from "#server/workflows/triggers/hear-workflows.ts";
import { finish } from "./finish.ts";
import { polishCustomers, swedishCustomers } from "./names.ts";
import type { Person } from "./people.ts";
import { knownContacts, type Step } from "./step.ts";

/** How many the shop would have counted when there was no room for one more. */
const HELD = 14;
/** What Karin then allowed: room for all who wait for a decision, and nearly used up. */
const MAXIMUM = 3_500;

/** Lists and workflows that keep themselves right from here on. */
export interface Upkeep {
  readonly steps: Step[];
  /** What the background does after each step. */
  readonly tend: (context: Context) => Promise<void>;
}

export function automate(people: ReadonlyMap<string, Person>, marketing: number): Upkeep {
  const made = { workflowIds: [] as string[], lists: false };
  const tend = async (context: Context) => {
    for (const workflowId of made.workflowIds) {
      await hearWhatWaits(context);
      while ((await workWorkflow(context, { workflowId, outside: false })) > 0);
    }
    while (made.lists && (await keepListsOf(context)));
  };
  return { steps: [...makingSteps(made), ...holdingSteps(people, marketing)], tend };
}

function makingSteps(made: { readonly workflowIds: string[]; lists: boolean }): Step[] {
  return [
    {
      period: -2,
      share: 0.1,
      by: "jonas",
      act: async (context) => {
        await makeLists(context);
        made.lists = true;
      },
    },
    {
      period: -2,
      share: 0.2,
      by: "marta",
      act: async (context) => made.workflowIds.push(await turnOnLowering(context)),
    },
    { period: 0, share: 0.6, by: "jonas", act: draftWorkflow },
    { period: 0, share: 0.65, by: "marta", act: planCleanup },
  ];
}

const allow = (maximum: number) => (context: Context) => saveBilling(context, { maximum });

/** Between the raise to the maximum and the last lowering. */
function holdingSteps(people: ReadonlyMap<string, Person>, marketing: number): Step[] {
  return [
    // Who came while the first tier was full; the next one was chosen only afterwards.
    { period: -4, share: 0.84, by: "marta", act: declineAll },
    { period: 0, share: 0.905, by: "karin", act: allow(marketing) },
    { period: 0, share: 0.91, by: "shop", act: (context) => raiseBeyond(context, people) },
    { period: 0, share: 0.93, by: "karin", act: allow(MAXIMUM) },
  ];
}

async function makeLists(context: Context): Promise<void> {
  const place = { folderId: null } as const;
  await createList(context, {
    ...place,
    name: "Customers in Sweden",
    type: "active",
    filter: swedishCustomers,
  });
  const { operationId } = await createList(context, {
    ...place,
    name: "Invited to the dealer days",
    type: "static",
    selection: { filter: polishCustomers, query: "" },
  });
  if (operationId !== null) await finish(context, Promise.resolve({ operationId }));
}

async function turnOnLowering(context: Context): Promise<string> {
  const { id: workflowId, revision } = await createWorkflow(context, {
    name: "Unsubscribed or bounced: set as non-marketing",
    folder: "",
    template: "unsubscribed",
  });
  await turnOnWorkflow(context, { workflowId, revision, enrollExisting: false });
  return workflowId;
}

async function draftWorkflow(context: Context): Promise<void> {
  await createWorkflow(context, { name: "Gone quiet: one last try", folder: "", template: "gone_quiet" });
}

/** What it finds waits already, unless somebody is silent for a year by then. */
async function planCleanup(context: Context): Promise<void> {
  await createPlan(context, {
    name: "Monthly tidy-up",
    choice: {
      groups: ["bounced", "unsubscribed", "quiet_365"],
      unengaged: "taken",
      filter: null,
      lists: [],
      others: "skipped",
    },
    runBefore: { amount: 12, unit: "hours" },
    noticeBefore: { amount: 3, unit: "days" },
  });
}

function declineAll(context: Context): Promise<string> {
  return finish(context, startDecline(context, { selection: { filter: { filterGroups: [] }, query: "" } }));
}

/** The shop reports who agreed to its mail; the maximum is reached, so people decide about them. */
async function raiseBeyond(context: Context, people: ReadonlyMap<string, Person>): Promise<void> {
  const known = await knownContacts(context, people);
  const ids = known
    .filter(({ marketing, held }) => !marketing && !held)
    .slice(-HELD)
    .map(({ id }) => id);
  await setMarketing(context, { ids, sourceType: "INTEGRATOR_SET", sourceId: context.actor.id });
}
