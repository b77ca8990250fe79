import { createHash } from "node:crypto";
import type { StepOf } from "#contract/workflow-definition.ts";

interface Chance {
  readonly workflowId: string;
  readonly contactId: string;
}

/** The part that a contact takes, always the same for one contact at one step: a repeat must not change the way. */
export function partOf(
  step: StepOf<"split"> & { readonly id: string },
  { workflowId, contactId }: Chance,
): number {
  const hash = createHash("sha256").update(`${workflowId}:${step.id}:${contactId}`).digest();
  const chance = hash.readUInt32BE(0) % 100;
  let sum = 0;
  const place = step.parts.findIndex(({ percent }) => (sum += percent) > chance);
  return place === -1 ? step.parts.length - 1 : place;
}
