import { IconBolt } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../ui/format.ts";
import { TRIGGER } from "../edits/canvas-graph.ts";
import type { Happening } from "../edits/definition.ts";
import { problemsAt, useBuilder } from "../state/builder-context.ts";
import { FilterText } from "../state/filter-text.tsx";
import { useBuilderWords } from "../state/use-builder-words.ts";
import { CardFrame } from "./card-frame.tsx";
import classes from "./cards.module.css";

/** What brings contacts in. */
export function TriggerCard() {
  const { t } = useTranslation("workflow-builder");
  const builder = useBuilder();
  const { definition, panel, open, test } = builder;
  const { triggers } = definition;
  const tested = test?.reply.trigger === null ? "missed" : "passed";
  return (
    <CardFrame
      id={TRIGGER}
      title={t("trigger.title")}
      type="trigger"
      picture={IconBolt}
      isOpen={panel?.kind === "trigger"}
      onOpen={() => open({ kind: "trigger" })}
      problems={problemsAt(builder, null).filter(({ field }) => field.startsWith("triggers"))}
      tested={test === null ? undefined : tested}
      aside={<Enrolled />}
    >
      {triggers.length === 0 && <span>{t("trigger.none")}</span>}
      {triggers.map((trigger, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a trigger is its place
        <span key={place} className={classes["trigger"]}>
          {place > 0 && <i>{t("filters:or")}</i>}
          <HappeningSentence happening={trigger} />
        </span>
      ))}
    </CardFrame>
  );
}

function Enrolled() {
  const { t } = useTranslation("workflow-builder");
  const { counts } = useBuilder();
  const format = useFormat();
  if (typeof counts.enrolls !== "number") return null;
  return (
    <span className={classes["count"]} title={t("trigger.count")}>
      {format.number(counts.enrolls)}
    </span>
  );
}

export function HappeningSentence({ happening }: { readonly happening: Happening }) {
  const words = useBuilderWords();
  return happening.type === "filter_met" ? (
    <span>
      <FilterText fields={words.words.names.fields} filter={happening.filter} />
    </span>
  ) : (
    <span>{words.happening(happening)}</span>
  );
}
