import { TextInput, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { icon } from "../../../ui/icons.ts";
import { type Place, type StepType, targetOf } from "../edits/definition.ts";
import { numbersOf } from "../edits/outline.ts";
import { useBuilder } from "../state/builder-context.ts";
import { plain } from "../state/plain-text.ts";
import { stepIcons } from "../state/step-icons.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import classes from "./panel.module.css";
import { PanelFrame } from "./panel-frame.tsx";

const groups: readonly { readonly name: string; readonly types: readonly StepType[] }[] = [
  { name: "marketing", types: ["set_status"] },
  { name: "ways", types: ["branch", "split", "delay", "go_to", "end"] },
  { name: "contact", types: ["set_property", "copy_property", "clear_property"] },
  { name: "lists", types: ["add_to_list", "remove_from_list", "enroll"] },
  { name: "outside", types: ["notify", "webhook"] },
];

/** Chooses an action for a place: by typing, or from its group. */
export function AddPanel({ place }: { readonly place: Place }) {
  const { t } = useTranslation("workflow-builder");
  const { definition, insert } = useBuilder();
  const words = useBuilderWords();
  const [typed, setTyped] = useState("");
  const why = useReason(place);
  const matches = (type: StepType) =>
    [words.action(type), t(`about.${type}`), t(`alsoKnownAs.${type}`)].some((text) =>
      plain(text).includes(plain(typed)),
    );
  const found = groups
    .map(({ name, types }) => ({ name, types: types.filter(matches) }))
    .filter(({ types }) => types.length > 0);
  const first = found.flatMap(({ types }) => types).find((type) => why(type) === undefined);
  return (
    <PanelFrame above={words.place(definition, place, numbersOf(definition))} title={t("add.title")}>
      <TextInput
        aria-label={t("add.search")}
        placeholder={t("add.search")}
        leftSection={<IconSearch {...icon} />}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && first) insert(place, first);
        }}
      />
      {found.map(({ name, types }) => (
        <section key={name} className={classes["group"]} aria-label={t(`add.group.${name}`)}>
          <h3>{t(`add.group.${name}`)}</h3>
          <ul>
            {types.map((type) => (
              <li key={type}>
                <Choice type={type} reason={why(type)} onPick={() => insert(place, type)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {found.length === 0 && <p className={classes["hint"]}>{t("add.none")}</p>}
    </PanelFrame>
  );
}

interface ChoiceProps {
  readonly type: StepType;
  readonly reason: string | undefined;
  readonly onPick: () => void;
}

function Choice({ type, reason, onPick }: ChoiceProps) {
  const { t } = useTranslation("workflow-builder");
  const words = useBuilderWords();
  const Icon = stepIcons[type];
  return (
    <UnstyledButton
      className={classes["choice"]}
      aria-disabled={reason !== undefined || undefined}
      onClick={() => reason === undefined && onPick()}
    >
      <span className={classes["choiceIcon"]} data-type={type}>
        <Icon {...icon} />
      </span>
      <span>
        <strong>{words.action(type)}</strong>
        <small>{reason ?? t(`about.${type}`)}</small>
      </span>
    </UnstyledButton>
  );
}

/** Why an action cannot be put at a place. */
function useReason(place: Place): (type: StepType) => string | undefined {
  const { t } = useTranslation("workflow-builder");
  const { definition } = useBuilder();
  const followed = targetOf(definition, place) !== null;
  return (type) => {
    if (type !== "go_to" && type !== "end") return undefined;
    if (followed) return t("add.onlyAtEnd");
    return type === "go_to" && definition.steps.length === 0 ? t("add.nowhere") : undefined;
  };
}
