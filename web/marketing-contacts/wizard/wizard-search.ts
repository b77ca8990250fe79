export const steps = ["start", "unengaged", "others", "review"] as const;
export type Step = (typeof steps)[number];

/** Whose draft, and how far it is: in the address, so that it can be left and taken up again. */
interface WizardSearch {
  readonly draft?: string;
  readonly step?: Step;
}

export function wizardSearch(search: Record<string, unknown>): WizardSearch {
  const { draft } = search;
  const step = steps.find((known) => known === search["step"]);
  const named = typeof draft === "number" || (typeof draft === "string" && /^[1-9]\d{0,18}$/.test(draft));
  return { ...(named && { draft: String(draft) }), ...(step !== undefined && { step }) };
}
