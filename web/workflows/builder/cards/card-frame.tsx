import { UnstyledButton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { WorkflowProblem } from "../../../../contract/workflows.ts";
import { icon, smallIcon } from "../../../ui/icons.ts";
import { card } from "../state/focus-card.ts";
import classes from "./cards.module.css";

interface CardFrameProps {
  /** What arrow keys know it by. */
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly picture: ComponentType<typeof icon>;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly problems: readonly WorkflowProblem[];
  /** During a test: whether its contact comes by. */
  readonly tested: "passed" | "missed" | undefined;
  /** At the right of the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A card of the builder. All of it opens its settings; what stands on it keeps its own clicks. */
export function CardFrame(props: CardFrameProps) {
  const { id, title, type, picture: Picture, isOpen, onOpen, problems, tested, aside, children } = props;
  const { t } = useTranslation("workflow-builder");
  const wrong = problems.length > 0;
  return (
    <div
      className={classes["card"]}
      data-open={isOpen || undefined}
      data-problem={wrong || undefined}
      data-test={tested}
    >
      <div className={classes["head"]}>
        <UnstyledButton
          className={classes["open"]}
          aria-label={t(wrong ? "card.openProblem" : "card.open", { step: title })}
          aria-current={isOpen || undefined}
          onClick={onOpen}
          {...card(id)}
        />
        <span className={classes["icon"]} data-type={type}>
          <Picture {...icon} />
        </span>
        <strong>{title}</strong>
        {wrong && (
          <span className={classes["problem"]} title={problems.map(({ message }) => message).join("\n")}>
            <IconAlertTriangle {...smallIcon} />
          </span>
        )}
        {aside}
      </div>
      <div className={classes["text"]}>
        {children}
        {problems[0] && <span className={classes["problemText"]}>{problems[0].message}</span>}
      </div>
    </div>
  );
}
