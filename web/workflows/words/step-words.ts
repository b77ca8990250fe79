import type { TFunction } from "i18next";
import type { Delay, Duration, Happening, Step, StepOf } from "../../../contract/workflow-definition.ts";
import type { Filter } from "../../filters/filter-field.ts";
import type { Format } from "../../ui/format.ts";
import type { Names } from "./use-names.ts";

/** What sentences about workflows are made of. */
export interface Words {
  readonly t: TFunction<"workflow-words">;
  readonly format: Format;
  readonly names: Names;
  readonly filter: (filter: Filter) => string;
}

const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** "3 days", in whole words. */
function durationText({ format }: Pick<Words, "format">, { amount, unit }: Duration): string {
  return format.number(amount, { style: "unit", unit: unit.replace(/s$/, ""), unitDisplay: "long" });
}

/** "09:00" as the language writes it. */
export function timeText({ format }: Pick<Words, "format">, time: string): string {
  return format.time(`2024-01-01T${time}:00Z`, "UTC");
}

/** Monday is 1. */
export function weekdayText({ format }: Pick<Words, "format">, weekday: number): string {
  return new Intl.DateTimeFormat(format.language, { weekday: "long", timeZone: "UTC" }).format(
    MONDAY + (weekday - 1) * DAY_MS,
  );
}

/** What has to happen to a contact: "Joins the list Newsletter". */
export function happeningText(words: Words, happening: Happening): string {
  const { t, names } = words;
  switch (happening.type) {
    case "filter_met":
      return t("happening.filter_met", { filter: words.filter(happening.filter) || t("everybody") });
    case "joined_list":
    case "left_list":
      return t(`happening.${happening.type}`, { list: names.list(happening.listId) });
    case "property_changed":
      return changeText(words, happening);
    case "status_changed":
      return t(`happening.${happening.to}`);
    default:
      return t(`happening.${happening.type}`);
  }
}

function changeText(
  { t, names }: Words,
  happening: Extract<Happening, { type: "property_changed" }>,
): string {
  const { propertyName, value } = happening;
  const property = names.property(propertyName);
  return value === undefined
    ? t("happening.property_changed", { property })
    : t("happening.property_becomes", { property, value: names.value(propertyName, value) });
}

type Sentence<Type extends Step["type"]> = (
  words: Words,
  step: StepOf<Type>,
  titleOf: (id: string) => string,
) => string;

type InList = (words: Words, step: StepOf<"add_to_list"> | StepOf<"remove_from_list">) => string;

const inList: InList = ({ t, names }, { type, listId }) => t(`does.${type}`, { list: names.list(listId) });

const sentences: { readonly [Type in Step["type"]]: Sentence<Type> } = {
  set_status: ({ t }, { value }) => t(`does.${value}`),
  set_property: ({ t, names }, { propertyName, value }) =>
    t("does.set_property", {
      property: names.property(propertyName),
      value: names.value(propertyName, value),
    }),
  copy_property: ({ t, names }, { from, to }) =>
    t("does.copy_property", { property: names.property(from), to: names.property(to) }),
  clear_property: ({ t, names }, { propertyName }) =>
    t("does.clear_property", { property: names.property(propertyName) }),
  add_to_list: inList,
  remove_from_list: inList,
  branch: (words, step) =>
    words.t("does.branch", {
      names: words.format.list(
        step.branches.map((_, place) => wayText(words, step, String(place))),
        "disjunction",
      ),
    }),
  split: (words, { parts }) =>
    words.t("does.split", {
      names: words.format.list(
        parts.map(
          ({ name, percent }, place) =>
            `${name || unnamed(words, place)} ${words.format.percent(percent / 100)}`,
        ),
      ),
    }),
  delay: (words, { until }) => delayText(words, until),
  notify: notifyText,
  webhook: ({ t }, { url }) => t("does.webhook", { host: hostOf(url) }),
  enroll: ({ t, names }, { workflowId }) => t("does.enroll", { workflow: names.workflow(workflowId) }),
  go_to: ({ t }, { step }, titleOf) => t("does.go_to", { step: titleOf(step) }),
  end: ({ t }) => t("does.end"),
};

/** What a step does, in a sentence: "Set as non-marketing", "Wait 3 days". */
export function stepSentence(words: Words, step: Step, titleOf: (id: string) => string): string {
  return sentences[step.type](words, step as never, titleOf);
}

type DelayText<Kind extends Delay["kind"]> = (words: Words, until: Extract<Delay, { kind: Kind }>) => string;

const delays: { readonly [Kind in Delay["kind"]]: DelayText<Kind> } = {
  passed: (words, until) => words.t("wait.passed", { duration: durationText(words, until) }),
  date: (words, { date, time }) =>
    words.t("wait.date", { date: `${words.format.dateLong(date)}, ${timeText(words, time)}` }),
  weekday: (words, { weekdays, time }) =>
    words.t("wait.weekday", {
      days: words.format.list(
        weekdays.map((day) => weekdayText(words, day)),
        "disjunction",
      ),
      time: timeText(words, time),
    }),
  happening: (words, { happening, limit }) =>
    words.t("wait.happening", {
      happening: happeningText(words, happening),
      duration: durationText(words, limit),
    }),
  property: (words, { propertyName, days, time }) => {
    const key = days === 0 ? "property" : days > 0 ? "after" : "before";
    return words.t(`wait.${key}`, {
      property: words.names.property(propertyName),
      duration: durationText(words, { amount: Math.abs(days), unit: "days" }),
      time: timeText(words, time),
    });
  },
};

/** How long a delay lasts. */
function delayText(words: Words, until: Delay): string {
  return delays[until.kind](words, until as never);
}

function unnamed({ t }: Words, place: number): string {
  return t("way.unnamed", { number: place + 1 });
}

function notifyText({ t }: Words, { to, title }: StepOf<"notify">): string {
  if ("userIds" in to)
    return t("does.notifyUsers", { people: t("people", { count: to.userIds.length }), title });
  if ("owner" in to) return t("does.notifyOwner", { title });
  return t("does.notifyPermission", {
    permission: t(`ui:permission.${to.permission.replace(".", "-")}`),
    title,
  });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url || "…";
}

/** Where a way out of a step shows: the name of a branch, an outcome, or that it is the usual one. */
export function wayText(words: Words, step: Step, way: string): string {
  const { t } = words;
  if (way === "timed_out" || way === "skipped") return t(`way.${way}`);
  if (step.type === "branch" && step.branches.length === 1) return plainBranchText(words, step, way);
  if (way === "next") return t(`way.${usual(step)}`);
  return step.type === "set_status" ? t(`status.${way}`) : partText(words, step, way);
}

function partText(words: Words, step: Step, way: string): string {
  const parts = step.type === "branch" ? step.branches : step.type === "split" ? step.parts : [];
  return parts[Number(way)]?.name || unnamed(words, Number(way));
}

/** The two ways of a branch with one condition are Yes and No, unless somebody has named the first. */
function plainBranchText({ t }: Words, { branches }: StepOf<"branch">, way: string): string {
  if (way === "next") return t("way.no");
  const name = branches[Number(way)]?.name ?? "";
  return /^\d*$/.test(name) ? t("way.yes") : name;
}

function usual(step: Step): "branchElse" | "happened" | "next" {
  if (step.type === "branch") return "branchElse";
  return step.type === "delay" && step.until.kind === "happening" ? "happened" : "next";
}

/** What became of a contact at a step: "Set", "Delivered", the branch it took. */
export function outcomeText(words: Words, step: Step | undefined, outcome: string): string {
  const { t } = words;
  if (step?.type === "branch" || step?.type === "split") return wayText(words, step, outcome);
  if (step?.type === "set_status") return t(`status.${outcome}`, { defaultValue: outcome });
  return t(`outcome.${outcome}`, { defaultValue: t(`status.${outcome}`, { defaultValue: outcome }) });
}

/** What brought a contact in: a trigger by its place, or who asked. */
export function causeText(words: Words, triggers: readonly Happening[], cause: string): string {
  const { t } = words;
  if (!/^\d+$/.test(cause)) return t(`cause.${cause}`, { defaultValue: cause });
  const trigger = triggers[Number(cause)];
  return trigger ? t("cause.trigger", { trigger: happeningText(words, trigger) }) : t("cause.triggerGone");
}
