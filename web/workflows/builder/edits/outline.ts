import { waysOf } from "../../../../contract/workflow-graph.ts";
import { beginning, type Definition, findStep, type Place, type Step, targetOf } from "./definition.ts";

/** What follows from a place on, as a reader goes through it: steps one after another, ways below the step they leave. */
export interface Sequence {
  readonly place: Place;
  readonly items: readonly OutlineItem[];
  /** The step, shown elsewhere, with which it goes on; null: it ends here. */
  readonly joins: string | null;
  /** Nothing can be put at its end: its last step ends it, or has ways of its own. */
  readonly closed: boolean;
  /** Where something would be put at its end. */
  readonly end: Place;
}

export interface OutlineItem {
  readonly step: Step;
  /** From 1, in reading order. */
  readonly number: number;
  /** The place it stands at: where the plus before it puts something. */
  readonly place: Place;
  /** Where it has several. */
  readonly ways: readonly Sequence[];
}

interface Reader {
  readonly definition: Definition;
  readonly numbers: Map<string, number>;
}

/** A definition in reading order. Every step stands in it once; other ways to it join. */
export function outlineOf(definition: Definition): Sequence {
  return read({ definition, numbers: new Map() }, beginning);
}

function read(reader: Reader, place: Place): Sequence {
  const items: OutlineItem[] = [];
  let at = place;
  for (;;) {
    const step = findStep(reader.definition, targetOf(reader.definition, at));
    if (!step) return { place, items, joins: null, closed: false, end: at };
    if (reader.numbers.has(step.id)) return { place, items, joins: step.id, closed: false, end: at };
    const number = reader.numbers.size + 1;
    reader.numbers.set(step.id, number);
    const ways = waysOf(step);
    const jumpsAhead = step.type === "go_to" && !isShown(reader, step.step);
    if (step.type === "go_to" && !jumpsAhead) {
      items.push({ step, number, place: at, ways: [] });
      return { place, items, joins: null, closed: true, end: at };
    }
    if (ways.length !== 1) {
      const item = { step, number, place: at };
      items.push({ ...item, ways: ways.map(({ key }) => read(reader, { step: step.id, key })) });
      return { place, items, joins: null, closed: true, end: at };
    }
    items.push({ step, number, place: at, ways: [] });
    at = { step: step.id, key: "next" };
  }
}

/** Whether a step stands somewhere without this jump: before it, or still to come along other ways. */
function isShown({ definition, numbers }: Reader, id: string): boolean {
  if (numbers.has(id)) return true;
  const seen = new Set<string>();
  const open: (string | null)[] = [definition.start];
  while (open.length > 0) {
    const step = findStep(definition, open.pop());
    if (!step || seen.has(step.id)) continue;
    seen.add(step.id);
    if (step.type !== "go_to") open.push(...waysOf(step).map(({ to }) => to));
  }
  return seen.has(id) || findStep(definition, id) === undefined;
}

/** Every item of an outline in reading order. */
export function itemsOf(sequence: Sequence): OutlineItem[] {
  return sequence.items.flatMap((item) => [item, ...item.ways.flatMap(itemsOf)]);
}

/** The numbers of steps in reading order. */
export function numbersOf(definition: Definition): ReadonlyMap<string, number> {
  return new Map(itemsOf(outlineOf(definition)).map(({ step, number }) => [step.id, number]));
}
