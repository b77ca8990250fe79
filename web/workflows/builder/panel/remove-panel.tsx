import { Button, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { followedWays, lostWith } from "../edits/change-steps.ts";
import type { Step } from "../edits/definition.ts";
import { useBuilder } from "../state/builder-context.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import { PanelFrame } from "./panel-frame.tsx";

const NOTHING = "-";

/** A step with several ways goes: which of them stays, and how much goes with the others. */
export function RemovePanel({ step }: { readonly step: Step }) {
  const { t } = useTranslation("workflow-builder");
  const { definition, removeKeeping, open } = useBuilder();
  const words = useBuilderWords();
  const ways = followedWays(step);
  const [keep, setKeep] = useState(ways[0] ?? NOTHING);
  const lost = (way: string) => lostWith(definition, step.id, way === NOTHING ? null : way);
  const help = (way: string) => {
    const count = lost(way);
    return count === 0 ? t("remove.losesNothing") : t("remove.loses", { count });
  };
  return (
    <PanelFrame
      above={words.heading(step)}
      title={t("remove.title")}
      footer={
        <>
          <Button variant="default" onClick={() => open({ kind: "step", id: step.id })}>
            {t("ui:cancel")}
          </Button>
          <Button onClick={() => removeKeeping(step.id, keep === NOTHING ? null : keep)}>
            {t("card.delete")}
          </Button>
        </>
      }
    >
      <Radio.Group label={t("remove.question")} value={keep} onChange={setKeep}>
        <Stack gap="md" mt="sm">
          {ways.map((way, place) => (
            <Radio
              key={way}
              value={way}
              label={t("remove.keep", { way: words.way(step, way) })}
              description={help(way)}
              data-autofocus={place === 0 || undefined}
            />
          ))}
          <Radio value={NOTHING} label={t("remove.keepNothing")} description={help(NOTHING)} />
        </Stack>
      </Radio.Group>
    </PanelFrame>
  );
}
