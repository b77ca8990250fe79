import type { Definition, Happening, HappeningType, Step, StepType } from "./definition.ts";

const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
const FIRST = 24;
const LENGTH = 6;

/** A name for a new step that no other has, nor is likely to have had. */
export function freshId({ steps }: Definition, random: () => number = Math.random): string {
  const taken = new Set(steps.map(({ id }) => id));
  for (;;) {
    // A letter first, so that no address takes it for a number.
    const letter = (_: unknown, at: number) =>
      LETTERS[Math.floor(random() * (at === 0 ? FIRST : LETTERS.length))];
    const id = Array.from({ length: LENGTH }, letter).join("");
    if (!taken.has(id)) return id;
  }
}

const noFilter = { filterGroups: [] };

type Settings<Type extends StepType> = Omit<Extract<Step, { type: Type }>, "id" | "name">;
const settings: { readonly [Type in StepType]: () => Settings<Type> } = {
  set_status: () => ({ type: "set_status", value: "non_marketing", branches: {}, next: null }),
  set_property: () => ({ type: "set_property", propertyName: "", value: "", next: null }),
  copy_property: () => ({ type: "copy_property", from: "", to: "", next: null }),
  clear_property: () => ({ type: "clear_property", propertyName: "", next: null }),
  add_to_list: () => ({ type: "add_to_list", listId: "", next: null }),
  remove_from_list: () => ({ type: "remove_from_list", listId: "", next: null }),
  branch: () => ({ type: "branch", branches: [{ name: "", filter: noFilter, next: null }], next: null }),
  split: () => ({
    type: "split",
    parts: [
      { name: "A", percent: 50, next: null },
      { name: "B", percent: 50, next: null },
    ],
  }),
  delay: () => ({ type: "delay", until: { kind: "passed", amount: 1, unit: "days" }, next: null }),
  notify: () => ({ type: "notify", to: { owner: true }, title: "", text: "", mail: false, next: null }),
  webhook: () => ({
    type: "webhook",
    url: "",
    properties: [],
    marketingTool: false,
    skipped: null,
    next: null,
  }),
  enroll: () => ({ type: "enroll", workflowId: "", next: null }),
  go_to: () => ({ type: "go_to", step: "" }),
  end: () => ({ type: "end" }),
};

/** A step as it is put in: with the settings most people mean, or empty where they have to choose. */
export function newStep(type: StepType, id: string): Step {
  return { id, name: "", ...settings[type]() };
}

const happenings: { readonly [Type in HappeningType]: () => Happening } = {
  filter_met: () => ({ type: "filter_met", filter: noFilter }),
  joined_list: () => ({ type: "joined_list", listId: "" }),
  left_list: () => ({ type: "left_list", listId: "" }),
  contact_created: () => ({ type: "contact_created" }),
  property_changed: () => ({ type: "property_changed", propertyName: "" }),
  status_changed: () => ({ type: "status_changed", to: "non_marketing" }),
  opted_out: () => ({ type: "opted_out" }),
  bounced: () => ({ type: "bounced" }),
  complained: () => ({ type: "complained" }),
};

export function newHappening(type: HappeningType): Happening {
  return happenings[type]();
}
