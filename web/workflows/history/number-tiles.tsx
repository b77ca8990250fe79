import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import type { WorkflowNumbers } from "../workflow-query.ts";
import type { EnrollmentState } from "../workflow-search.ts";
import classes from "./history.module.css";
import type { HistoryView } from "./use-history-view.ts";

/** The id of what a number opens. */
export const PEOPLE_ID = "workflow-people";

interface NumberTilesProps {
  readonly numbers: WorkflowNumbers;
  readonly history: HistoryView;
}

/** The numbers of now; each opens its contacts. Entered = inside + finished + left. */
export function NumberTiles({ numbers: { inside, total }, history }: NumberTilesProps) {
  const { t } = useTranslation("workflow-history");
  const format = useFormat();
  const count = (wanted?: EnrollmentState) =>
    inside
      .filter(({ state }) => wanted === undefined || state === wanted)
      .reduce((sum, { contacts }) => sum + contacts, 0);
  const tiles = [
    { key: "enrolled", value: total.enrolled, state: undefined, part: false },
    { key: "active", value: count("active"), state: "active", part: true },
    { key: "waiting", value: count("waiting"), state: "waiting", part: true },
    { key: "retrying", value: count("retrying"), state: "retrying", part: true },
    { key: "parked", value: count("parked"), state: "parked", part: true },
    { key: "finished", value: total.finished, state: "finished", part: true },
    { key: "left", value: total.left, state: "left", part: true },
  ] as const;
  return (
    <ul className={classes["tiles"]} aria-label={t("numbers.now")}>
      {tiles.map(({ key, value, state }) => (
        <li key={key} data-trouble={(key === "retrying" || key === "parked") && value > 0 ? key : undefined}>
          <UnstyledButton onClick={() => openPeople(history, { state, step: undefined })}>
            <span className={classes["tileLabel"]}>{t(`state.${key}`)}</span>
            <span className={classes["tileValue"]}>{format.number(value)}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

/** Shows the people behind a number, and brings them into sight. */
export function openPeople(
  { change }: HistoryView,
  wanted: { readonly state: EnrollmentState | undefined; readonly step: string | undefined },
): void {
  change({ show: undefined, query: undefined, ...wanted });
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const people = document.getElementById(PEOPLE_ID);
  people?.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  people?.focus({ preventScroll: true });
}
