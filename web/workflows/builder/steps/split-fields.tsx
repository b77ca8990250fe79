import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { icon, smallIcon } from "../../../ui/icons.ts";
import { NumberField } from "../../../ui/number-field.tsx";
import type { StepOf } from "../edits/definition.ts";
import classes from "../panel/panel.module.css";
import { useBuilderWords } from "../state/use-builder-words.ts";
import type { StepFieldProps } from "./step-field-props.ts";

const MOST = 10;
const LETTERS = "ABCDEFGHIJ";

type Part = StepOf<"split">["parts"][number];

/** Shares of a hundred, by chance. */
export function SplitFields({ step, change, problem }: StepFieldProps<"split">) {
  const { t } = useTranslation("workflow-builder");
  const { parts } = step;
  const sum = parts.reduce((total, { percent }) => total + percent, 0);
  const even = (next: readonly Part[]) => {
    const percents = evenShares(next.length);
    change({ ...step, parts: next.map((part, at) => ({ ...part, percent: percents[at] ?? 1 })) }, "parts");
  };
  return (
    <>
      {parts.map((part, place) => (
        <PartRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
          key={place}
          step={step}
          place={place}
          onChange={(next, field) =>
            change({ ...step, parts: parts.map((each) => (each === part ? next : each)) }, field)
          }
          onRemove={parts.length > 2 ? () => even(parts.filter((each) => each !== part)) : undefined}
        />
      ))}
      <p className={sum === 100 ? classes["hint"] : classes["error"]}>
        {problem("parts") ?? t("split.sum", { sum })}
      </p>
      <div className={classes["buttons"]}>
        {parts.length < MOST && (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconPlus {...smallIcon} />}
            onClick={() => even([...parts, { name: LETTERS[parts.length] ?? "", percent: 1, next: null }])}
          >
            {t("split.add")}
          </Button>
        )}
        <Button size="sm" variant="subtle" onClick={() => even(parts)}>
          {t("split.even")}
        </Button>
      </div>
      <p className={classes["hint"]}>{t("split.help")}</p>
    </>
  );
}

/** So that they make a hundred: 34, 33, 33. */
function evenShares(count: number): number[] {
  return Array.from({ length: count }, (_, at) => Math.floor(100 / count) + (at < 100 % count ? 1 : 0));
}

interface PartRowProps {
  readonly step: StepOf<"split">;
  readonly place: number;
  readonly onChange: (part: Part, field: string) => void;
  readonly onRemove: (() => void) | undefined;
}

function PartRow({ step, place, onChange, onRemove }: PartRowProps) {
  const { t } = useTranslation("workflow-builder");
  const words = useBuilderWords();
  const part = step.parts[place];
  if (!part) return null;
  const name = part.name || words.way(step, String(place));
  return (
    <div className={classes["part"]}>
      <TextInput
        label={place === 0 ? t("split.name") : undefined}
        aria-label={t("split.nameOf", { number: place + 1 })}
        maxLength={100}
        value={part.name}
        onChange={(event) => onChange({ ...part, name: event.currentTarget.value }, `name ${place}`)}
      />
      <NumberField
        label={place === 0 ? t("split.share") : undefined}
        aria-label={t("split.shareOf", { part: name })}
        min={1}
        max={99}
        allowDecimal={false}
        allowNegative={false}
        suffix=" %"
        value={part.percent}
        onChange={(value) => {
          const percent = Number(value);
          if (percent >= 1 && percent <= 99) onChange({ ...part, percent }, `percent ${place}`);
        }}
      />
      {onRemove && (
        <ActionIcon aria-label={t("split.remove", { part: name })} onClick={onRemove}>
          <IconTrash {...icon} />
        </ActionIcon>
      )}
    </div>
  );
}
