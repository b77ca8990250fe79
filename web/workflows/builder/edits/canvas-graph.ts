import { waysOf } from "../../../../contract/workflow-graph.ts";
import { type Definition, findStep, type Place, type Step } from "./definition.ts";
import { type OutlineItem, outlineOf, type Sequence } from "./outline.ts";

/** What the canvas draws, in reading order: cards, a plus on every way between them, and the ends. */
export type CanvasNode =
  | { readonly id: string; readonly kind: "trigger" }
  | { readonly id: string; readonly kind: "step"; readonly step: Step; readonly number: number }
  | {
      readonly id: string;
      readonly kind: "way";
      readonly place: Place;
      /** Its step has several ways, so it needs a label. */
      readonly labelled: boolean;
      /** Nothing follows yet. */
      readonly isEnd: boolean;
    }
  | { readonly id: string; readonly kind: "end" };

interface CanvasEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** A jump is drawn over the layout, not laid out. */
  readonly jump: boolean;
}

export interface CanvasGraph {
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly CanvasEdge[];
}

export const TRIGGER = "trigger";
export const stepNode = (id: string): string => `step-${id}`;
export const wayNode = ({ step, key }: Place): string => `way-${step ?? ""}-${key}`;

export function canvasGraph(definition: Definition): CanvasGraph {
  const nodes: CanvasNode[] = [{ id: TRIGGER, kind: "trigger" }];
  const edges: CanvasEdge[] = [];
  const link = (from: string, to: string, jump = false) => {
    edges.push({ id: `${from}>${to}`, from, to, jump });
  };
  /** The plus of a way, linked to what it leaves; what it leaves itself where nothing can be put. */
  const way = (place: Place, isEnd: boolean): string => {
    const source = findStep(definition, place.step);
    const from = source ? stepNode(source.id) : TRIGGER;
    if (source?.type === "go_to") return from;
    const id = wayNode(place);
    nodes.push({
      id,
      kind: "way",
      place,
      labelled: source !== undefined && waysOf(source).length > 1,
      isEnd,
    });
    link(from, id);
    return id;
  };
  const draw = (sequence: Sequence) => {
    for (const item of sequence.items) drawItem(item);
    if (sequence.closed) return;
    const { joins } = sequence;
    const from = way(sequence.end, joins === null);
    const to = joins === null ? `end-${wayNode(sequence.end)}` : stepNode(joins);
    if (joins === null) nodes.push({ id: to, kind: "end" });
    link(from, to);
  };
  const drawItem = ({ step, number, place, ways }: OutlineItem) => {
    link(way(place, false), stepNode(step.id));
    nodes.push({ id: stepNode(step.id), kind: "step", step, number });
    for (const each of ways) draw(each);
    if (step.type === "go_to") link(stepNode(step.id), stepNode(step.step), true);
  };
  draw(outlineOf(definition));
  return { nodes, edges: withoutDoubles(edges) };
}

/** A jump to what comes right after it is drawn as a way already. */
function withoutDoubles(edges: readonly CanvasEdge[]): CanvasEdge[] {
  const ways = new Set(edges.flatMap(({ id, jump }) => (jump ? [] : id)));
  return edges.filter(({ id, jump }) => !jump || !ways.has(id));
}
