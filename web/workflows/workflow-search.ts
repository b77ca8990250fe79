type Search = Record<string, unknown>;

const text = (value: unknown): string | undefined =>
  (typeof value === "string" && value !== "") || typeof value === "number" ? String(value) : undefined;

function present<Value extends object>(value: Value): { [Key in keyof Value]?: NonNullable<Value[Key]> } {
  const kept = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(kept) as { [Key in keyof Value]?: NonNullable<Value[Key]> };
}

/** What Automations > Workflows shows, in the address. */
export interface WorkflowsSearch {
  readonly query?: string;
  readonly folder?: string;
  readonly state?: WorkflowState;
  /** A column; with a minus in front it descends. */
  readonly sort?: string;
}

export const workflowStates = ["on", "paused", "off", "draft"] as const;
type WorkflowState = (typeof workflowStates)[number];

export function workflowsSearch(search: Search): WorkflowsSearch {
  return present({
    query: text(search["query"]),
    folder: text(search["folder"]),
    state: workflowStates.find((known) => known === search["state"]),
    sort: text(search["sort"]),
  });
}

export const workflowTabs = ["builder", "history", "versions"] as const;
export type WorkflowTab = (typeof workflowTabs)[number];

/** Where contacts stand in a workflow, in the order in which people look. */
export const enrollmentStates = ["active", "waiting", "retrying", "parked", "finished", "left"] as const;
export type EnrollmentState = (typeof enrollmentStates)[number];

export const entryKinds = ["enrolled", "done", "info", "parked", "finished", "left"] as const;
type EntryKind = (typeof entryKinds)[number];

export const historyDays = [30, 90, 365] as const;
type HistoryDays = (typeof historyDays)[number];

export const builderViews = ["canvas", "list"] as const;
export type BuilderView = (typeof builderViews)[number];

/** What the page of a workflow shows; each tab keeps its own view in the rest. */
export interface WorkflowSearch {
  readonly tab?: WorkflowTab;
  /** The step that is open in the builder, or whose history is shown. */
  readonly step?: string;
  /** What of the history is shown: people, unless it is what happened. */
  readonly show?: "events";
  /** Of people: where they stand. */
  readonly state?: EnrollmentState;
  /** Of what happened: which kind, and what became of it. */
  readonly kind?: EntryKind;
  readonly outcome?: string;
  /** Whose history is shown, by id or by words. */
  readonly contact?: string;
  readonly query?: string;
  /** How many days of numbers. */
  readonly days?: HistoryDays;
  /** A version that is compared. */
  readonly version?: string;
  /** How the builder shows it; without it as a canvas, on phones as a list. */
  readonly view?: BuilderView;
}

export function workflowSearch(search: Search): WorkflowSearch {
  return present({
    tab: workflowTabs.find((known) => known === search["tab"]),
    step: text(search["step"]),
    show: search["show"] === "events" ? ("events" as const) : undefined,
    state: enrollmentStates.find((known) => known === search["state"]),
    kind: entryKinds.find((known) => known === search["kind"]),
    outcome: text(search["outcome"]),
    contact: text(search["contact"]),
    query: text(search["query"]),
    days: historyDays.find((known) => String(known) === text(search["days"])),
    version: text(search["version"]),
    view: builderViews.find((known) => known === search["view"]),
  });
}
