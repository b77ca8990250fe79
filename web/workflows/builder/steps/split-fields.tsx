import { ActionIcon, Button, NumberInput, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { icon, smallIcon } from "../../../ui/icons.ts";
import classes from "../panel/panel.module.css";
import { useBuilderWords } from "../state/use-builder-words.ts";
import type { StepFieldProps } from "./step-field-props.ts";

const MOST = 10;
const LETTERS = "ABCDEFGHIJ";

/** Shares of a hundred, by chance. */
export function SplitFields({ step, change, problem }: StepFieldProps<"split">) {
  const { t } = useTranslation("workflow-builder");
  const words = useBuilderWords();
  const { parts } = step;
  type Part = (typeof parts)[number];
  const set = (place: number, part: Part, field: string) =>
    change({ ...step, parts: parts.map((each, at) => (at === place ? part : each)) }, field);
  const sum = parts.reduce((total, { percent }) => total + percent, 0);
  const shares = (count: number) =>
    Array.from({ length: count }, (_, at) => Math.floor(100 / count) + (at < 100 % count ? 1 : 0));
  const even = (next: readonly Part[]) => {
    const percents = shares(next.length);
    change({ ...step, parts: next.map((part, at) => ({ ...part, percent: percents[at] ?? 1 })) }, "parts");
  };
  return (
    <>
      {parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <div key={place} className={classes["part"]}>
          <TextInput
            label={place === 0 ? t("split.name") : undefined}
            aria-label={t("split.nameOf", { number: place + 1 })}
            maxLength={100}
            value={part.name}
            onChange={(event) => set(place, { ...part, name: event.currentTarget.value }, `name ${place}`)}
          />
          <NumberInput
            label={place === 0 ? t("split.share") : undefined}
            aria-label={t("split.shareOf", { part: words.way(step, String(place)) })}
            min={1}
            max={99}
            allowDecimal={false}
            allowNegative={false}
            suffix=" %"
            value={part.percent}
            onChange={(value) => {
              const percent = Number(value);
              if (percent >= 1 && percent <= 99) set(place, { ...part, percent }, `percent ${place}`);
            }}
          />
          {parts.length > 2 && (
            <ActionIcon
              aria-label={t("split.remove", { part: words.way(step, String(place)) })}
              onClick={() => even(parts.filter((_, at) => at !== place))}
            >
              <IconTrash {...icon} />
            </ActionIcon>
          )}
        </div>
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
