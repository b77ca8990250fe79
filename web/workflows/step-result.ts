/** What the numbers of a workflow count that is no outcome of a step: how people come, stop and go. */
const COMING_AND_GOING = new Set(["enrolled", "parked", "finished", "left"]);

/** Whether an outcome in the numbers says what a step did. */
export function isStepResult(outcome: string): boolean {
  return !COMING_AND_GOING.has(outcome);
}
