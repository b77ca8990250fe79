import type { RawBuilder } from "kysely";
import type { WorkflowDefinition } from "#contract/workflow-definition.ts";
import { stepsOf, waysOf } from "#contract/workflow-graph.ts";

/** The contacts at a point of the way: a condition about contact `c`, and which share of them chance sends here. */
export interface Crowd {
  readonly where: RawBuilder<boolean>;
  readonly share: number;
  /** What steps on the way have made of their status, as `classify` asks. */
  readonly standing?: RawBuilder<unknown>;
}

export interface Visit {
  readonly to: string | null;
  readonly crowd: Crowd;
  /** Steps on the way here. */
  readonly path: readonly string[];
}

/** The place of each step: after all that lead to it, apart from ways that go back. */
export function inOrder(definition: WorkflowDefinition): ReadonlyMap<string, number> {
  const steps = stepsOf(definition);
  const seen = new Set<string>();
  const ended: string[] = [];
  const visit = (id: string | null) => {
    const step = steps.get(id ?? "");
    if (!step || seen.has(step.id)) return;
    seen.add(step.id);
    for (const { to } of waysOf(step)) visit(to);
    ended.push(step.id);
  };
  visit(definition.start);
  return new Map(ended.toReversed().map((id, place) => [id, place]));
}

/** Takes the visit whose step comes first, with all of the same people whom chance has sent there by other ways. */
export function takeFirst(open: Visit[], order: ReadonlyMap<string, number>): Visit | undefined {
  const placeOf = ({ to }: Visit) => order.get(to ?? "") ?? -1;
  const [first] = open.toSorted((a, b) => placeOf(a) - placeOf(b));
  if (!first) return undefined;
  const { where, standing } = first.crowd;
  const same = open.filter(
    ({ to, crowd }) => to === first.to && crowd.where === where && crowd.standing === standing,
  );
  for (const visit of same) open.splice(open.indexOf(visit), 1);
  const share = same.reduce((sum, { crowd }) => sum + crowd.share, 0);
  const path = [...new Set(same.flatMap((visit) => visit.path))];
  return { to: first.to, crowd: { ...first.crowd, share: wholly(share) }, path };
}

/** Shares are hundredths of hundredths, and add up to one with a rest of the machine's. */
const wholly = (share: number): number => Math.round(share * 1e9) / 1e9;
