import type { Step, StepOf, WorkflowDefinition } from "../../../contract/workflow-definition.ts";
import { waysOf } from "../../../contract/workflow-graph.ts";
import { timeText, weekdayText } from "../words/step-words.ts";
import type { useWorkflowWords } from "../words/use-workflow-words.ts";
import type { Setting } from "./compare-definitions.ts";

type WorkflowWords = ReturnType<typeof useWorkflowWords>;

/** What the lines below say besides what workflows say anyway. */
export type Say = (
  key:
    | "lines.leads"
    | "lines.ends"
    | "lines.filter"
    | "lines.properties"
    | "lines.marketingTool"
    | "lines.mail"
    | "lines.byHand"
    | "lines.again"
    | "lines.always"
    | "lines.window"
    | "lines.none",
  values?: Record<string, string>,
) => string;

interface Lines {
  readonly words: WorkflowWords;
  readonly say: Say;
  readonly definition: WorkflowDefinition;
}

/** A step in plain lines: what it does, what it is given, and where each of its ways leads. */
export function stepLines({ words, say, definition }: Lines, step: Step): string[] {
  const titleOf = (id: string | null) => {
    const found = definition.steps.find((each) => each.id === id);
    return found && words.title(definition, found);
  };
  const ways = waysOf(step).map(({ key, to }) => {
    const target = titleOf(to);
    const way = words.way(step, key);
    return target === undefined ? say("lines.ends", { way }) : say("lines.leads", { way, step: target });
  });
  const sentence = words.sentence(definition, step);
  const ownName = step.name !== "" && step.name !== sentence;
  return [
    ...(ownName ? [sentence] : []),
    ...given({ words, say, definition }, step),
    ...(step.type === "go_to" ? [] : ways),
  ];
}

function given(lines: Lines, step: Step): string[] {
  if (step.type === "branch") return branchLines(lines, step);
  if (step.type === "notify") return notifyLines(lines, step);
  return step.type === "webhook" ? webhookLines(lines, step) : [];
}

function branchLines({ words, say }: Lines, step: StepOf<"branch"> & Step): string[] {
  return step.branches.map(({ filter }, place) =>
    say("lines.filter", { way: words.way(step, String(place)), filter: words.words.filter(filter) }),
  );
}

function notifyLines({ say }: Lines, { text, mail }: StepOf<"notify">): string[] {
  return [...(text === "" ? [] : [text]), ...(mail ? [say("lines.mail")] : [])];
}

function webhookLines(
  { words, say }: Lines,
  { url, properties, marketingTool }: StepOf<"webhook">,
): string[] {
  const { format, names } = words.words;
  const list = format.list(properties.map(names.property));
  return [
    url,
    ...(properties.length === 0 ? [] : [say("lines.properties", { properties: list })]),
    ...(marketingTool ? [say("lines.marketingTool")] : []),
  ];
}

const writers: { readonly [Name in Setting]: (lines: Lines) => string[] } = {
  triggers: ({ words, say, definition: { triggers } }) =>
    triggers.length === 0 ? [say("lines.byHand")] : triggers.map(words.happening),
  reenroll: ({ words, say, definition: { triggers, reenroll } }) => [
    ...(reenroll.manual ? [say("lines.again", { cause: words.cause(triggers, "manual") })] : []),
    ...reenroll.on.map((place) => say("lines.again", { cause: words.cause(triggers, String(place)) })),
  ],
  suppressionListIds: ({ words, definition }) => definition.suppressionListIds.map(words.words.names.list),
  unenroll: ({ words, definition: { unenroll } }) =>
    unenroll === null ? [] : [words.words.filter(unenroll)],
  goal: ({ words, definition: { goal } }) => (goal === null ? [] : [words.words.filter(goal)]),
  window: ({ words, say, definition: { window } }) => {
    if (window === null) return [say("lines.always")];
    const days = words.words.format.list(window.weekdays.map((day) => weekdayText(words.words, day)));
    const [from, to] = [timeText(words.words, window.from), timeText(words.words, window.to)];
    return [say("lines.window", { days, from, to })];
  },
};

/** A setting in plain lines; one that is not used says so. */
export function settingLines(lines: Lines, setting: Setting): string[] {
  const written = writers[setting](lines);
  return written.length === 0 ? [lines.say("lines.none")] : written;
}
