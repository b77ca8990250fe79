import { Button, Checkbox, SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import classes from "./wizard.module.css";
import type { Choice, Group } from "./wizard-query.ts";

interface GroupRowProps {
  readonly group: Group;
  /** Undefined while they are counted. */
  readonly contacts: number | undefined;
  readonly ticked: boolean;
  readonly onTick: (ticked: boolean) => void;
  readonly onShow: () => void;
  /** Below the reason. */
  readonly children?: ReactNode;
  /** The words of a family of groups. */
  readonly words?: string;
}

/** One proposal: why, how many, and a look at who they are. */
export function GroupRow(props: GroupRowProps) {
  const { group, contacts, ticked, onTick, onShow, children, words = group } = props;
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const title = t(`group.${words}.title`);
  return (
    <li>
      <div className={classes["what"]}>
        <Checkbox
          label={title}
          description={t(`group.${words}.text`)}
          checked={ticked}
          onChange={(event) => onTick(event.currentTarget.checked)}
        />
        {children}
      </div>
      <span className={classes["figure"]}>{contacts === undefined ? "…" : format.number(contacts)}</span>
      <Button
        size="sm"
        variant="default"
        disabled={contacts === 0}
        aria-label={t("showWho", { title })}
        onClick={onShow}
      >
        {t("show")}
      </Button>
    </li>
  );
}

const quiet = ["quiet_90", "quiet_180", "quiet_365"] as const;

interface QuietRowProps {
  readonly counts: ReadonlyMap<Group, number>;
  readonly choice: Choice;
  readonly onChange: (part: Partial<Choice>) => void;
  readonly onShow: (group: Group) => void;
}

/** One proposal with its time to choose: the longer ones are among the shorter. */
export function QuietRow({ counts, choice, onChange, onShow }: QuietRowProps) {
  const { t } = useTranslation("cleanup");
  const ticked = quiet.find((group) => choice.groups.includes(group));
  const shown = ticked ?? "quiet_180";
  const others = choice.groups.filter((group) => !quiet.includes(group as never));
  return (
    <GroupRow
      group={shown}
      words="quiet"
      contacts={counts.get(shown)}
      ticked={ticked !== undefined}
      onTick={(on) => onChange({ groups: on ? [...others, shown] : others })}
      onShow={() => onShow(shown)}
    >
      <SegmentedControl
        aria-label={t("group.quiet.days")}
        data={quiet.map((value) => ({ value, label: t(`group.${value}.days`) }))}
        value={shown}
        onChange={(next) => onChange({ groups: [...others, next] })}
      />
    </GroupRow>
  );
}
