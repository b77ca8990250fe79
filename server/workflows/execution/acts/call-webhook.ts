import { noteUse } from "#server/marketing-status/status/note-use.ts";
import { readConfig } from "#server/platform/config.ts";
import type { Context } from "#server/platform/context.ts";
import {
  type OutsideAnswer,
  OutsideError,
  requestOutside,
} from "#server/platform/outbound/request-outside.ts";
import { SIGNATURE_HEADER, signature } from "#server/platform/outbound/signature.ts";
import { selectTexts } from "../../queries.ts";
import { selectMarketing } from "../queries.ts";
import type { StepOutcome, StepRun, Trouble } from "../step-act.ts";

/** Calls under way at a time for one workflow. */
const TOGETHER = 10;

/**
 * A signed POST per contact. Its key is the same each time the step is tried for a contact, so that a receiver can
 * tell a repeat. 2xx is done; 410 means that nobody wants it any more; what may pass is tried again.
 */
export async function callWebhook(context: Context, run: StepRun<"webhook">): Promise<StepOutcome[]> {
  const { step, contactIds } = run;
  const open = [...contactIds];
  const bodyOf = await bodies(context, run, open);
  const outcomes: StepOutcome[] = [];
  const caller = async () => {
    for (let id = open.shift(); id !== undefined; id = open.shift()) {
      const isSkipped = step.marketingTool && !(await selectMarketing(context, [id])).has(id);
      const called = isSkipped ? skipped : await call(context, run, { key: run.key(id), body: bodyOf(id) });
      outcomes.push({ contactIds: [id], ...called });
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, caller));
  if (step.marketingTool) await noteUse(context, outcomes.filter(mayHaveArrived).flatMap(toIds));
  return together(outcomes);
}

/** Asked when the contact is handed over: calls before it may have taken long. */
const skipped = { outcome: "skipped", way: "skipped" } as const;

/** The skipped as one, however many. */
function together(outcomes: readonly StepOutcome[]): StepOutcome[] {
  const called = outcomes.filter(({ outcome }) => outcome !== skipped.outcome);
  const ids = outcomes.filter(({ outcome }) => outcome === skipped.outcome).flatMap(toIds);
  return ids.length === 0 ? called : [...called, { ...skipped, contactIds: ids }];
}

const toIds = ({ contactIds }: StepOutcome) => contactIds;

/** A receiver that was never reached has not used anybody. */
function mayHaveArrived({ outcome, trouble }: StepOutcome): boolean {
  return outcome !== skipped.outcome && trouble?.reason !== "blocked" && trouble?.reason !== "unreachable";
}

async function bodies(
  context: Context,
  { step, workflow }: StepRun<"webhook">,
  contactIds: readonly string[],
): Promise<(contactId: string) => string> {
  const values = new Map<string, ReadonlyMap<string, string | null>>();
  for (const name of step.properties) values.set(name, await selectTexts(context, name, contactIds));
  return (id) =>
    JSON.stringify({
      accountId: context.accountId,
      workflow: { id: workflow.id, name: workflow.name, version: workflow.version, step: step.id },
      contact: {
        id,
        properties: Object.fromEntries([...values].map(([name, of]) => [name, of.get(id) ?? null])),
      },
    });
}

type Called = Omit<StepOutcome, "contactIds">;

async function call(
  { accountId }: Context,
  { step }: StepRun<"webhook">,
  { key, body }: { key: string; body: string },
): Promise<Called> {
  const at = Math.floor(Date.now() / 1_000);
  const headers = {
    "content-type": "application/json",
    "user-agent": "Headroom",
    "idempotency-key": key,
    [SIGNATURE_HEADER]: signature({ accountId, at, body }),
  };
  const { outboundAllow: allowed } = readConfig(process.env);
  try {
    return judge(await requestOutside({ method: "POST", url: step.url, headers, body, allowed }));
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    const kind = error.reason === "blocked" ? "park" : "retry";
    return { outcome: "failed", trouble: { kind, reason: error.reason, details: {}, seconds: null } };
  }
}

/** The beginning of an answer, without what the database keeps in no text: zero bytes and halves of letters. */
function storable(body: string): string {
  return body.slice(0, 500).replace(/[\0\p{Surrogate}]/gu, "\uFFFD");
}

/** Refusals by the receiver are parked, not dropped: a person may mend what was wrong and try again. */
function judge({ status, retryAfter, body }: OutsideAnswer): Called {
  if (status >= 200 && status < 300) return { outcome: "delivered", details: { status } };
  if (status === 410) return { outcome: "gone", details: { status } };
  const passing = status === 408 || status === 425 || status === 429 || status >= 500;
  const reason = status === 429 ? "rate_limited" : "answered";
  const details = { status, answer: storable(body) };
  const trouble: Trouble = { kind: passing ? "retry" : "park", reason, details, seconds: retryAfter };
  return { outcome: "failed", trouble };
}
