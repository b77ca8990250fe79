interface Group {
  readonly outcome: string;
  readonly reason: string;
}

/** Outcomes that are named together with their reason; for the others the reason alone says it. */
const named = new Set(["held", "already_held", "refused", "still_held"]);

/** The text of a group of outcomes. */
export function outcomeKey({ outcome, reason }: Group): string {
  const key = named.has(outcome) && reason !== "" ? `${outcome}_${reason}` : reason || outcome;
  return `operations:outcome_${key}`;
}
