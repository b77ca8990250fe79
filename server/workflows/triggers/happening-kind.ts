import type { Happening, WorkflowDefinition } from "#contract/workflow-definition.ts";

/** Something that a version of a workflow listens for: at a trigger (its place) or at a delay (its step). */
export interface Listener {
  /** `0` for the first trigger; `step:<id>` for a delay. */
  readonly place: string;
  readonly happening: Happening;
}

export function listenersOf({ triggers, steps }: WorkflowDefinition, live: boolean): Listener[] {
  const delays = steps.flatMap((step) =>
    step.type === "delay" && step.until.kind === "happening"
      ? [{ place: `step:${step.id}`, happening: step.until.happening }]
      : [],
  );
  const entries = triggers.map((happening, place) => ({ place: String(place), happening }));
  return live ? [...entries, ...delays] : delays;
}

/** The name under which the database notes it; of a filter, that its list is joined. */
export function kindOf(happening: Happening, listId: string | undefined): string | undefined {
  switch (happening.type) {
    case "filter_met":
      return listId && `joined:${listId}`;
    case "joined_list":
      return `joined:${happening.listId}`;
    case "left_list":
      return `left:${happening.listId}`;
    case "property_changed":
      return `property:${happening.propertyName}`;
    case "status_changed":
      return `status:${happening.to}`;
    default:
      return plain[happening.type];
  }
}

const plain = {
  contact_created: "created",
  opted_out: "fact:opt_out",
  bounced: "fact:bounce",
  complained: "fact:complaint",
} as const;
