import { UnstyledButton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./filter-chip.module.css";
import { smallIcon } from "./icons.ts";
import { Sideways } from "./sideways.tsx";

interface FilterChipProps {
  /** "Last engagement" */
  readonly name: string;
  /** "more than" */
  readonly operator: string;
  /** "180 days ago"; nothing for operators that need no value. */
  readonly value?: string | undefined;
  /** Opens it for editing. */
  readonly onEdit?: () => void;
  readonly onRemove?: () => void;
}

/** One condition of a filter, readable as a sentence. */
export function FilterChip({ name, operator, value, onEdit, onRemove }: FilterChipProps) {
  const { t } = useTranslation("ui");
  const text = (
    <>
      <span className={classes["name"]}>{name}</span>
      <span className={classes["operator"]}>{operator}</span>
      {value !== undefined && <span className={classes["value"]}>{value}</span>}
    </>
  );
  return (
    <span className={classes["chip"]}>
      {onEdit ? (
        <UnstyledButton className={classes["text"]} onClick={onEdit}>
          {text}
        </UnstyledButton>
      ) : (
        <span className={classes["text"]}>{text}</span>
      )}
      {onRemove && (
        <UnstyledButton
          className={classes["remove"]}
          onClick={onRemove}
          aria-label={t("removeFilter", { name })}
        >
          <IconX {...smallIcon} />
        </UnstyledButton>
      )}
    </span>
  );
}

interface ChipBarProps {
  /** First: the search, and what chooses. */
  readonly start: ReactNode;
  /** What is filtered by. */
  readonly chips?: ReactNode;
  /** The button that adds a chip. */
  readonly add?: ReactNode;
  /** At the other end: what changes the view. */
  readonly end?: ReactNode;
}

/** Chips and their buttons in a line below the tabs; at 390 px the chips have a line of their own and push nothing off. */
export function ChipBar({ start, chips, add, end }: ChipBarProps) {
  return (
    <div className={classes["bar"]}>
      {start}
      {chips !== undefined && (
        <Sideways narrow className={classes["chips"]}>
          <div className={classes["chipLine"]}>{chips}</div>
        </Sideways>
      )}
      {add}
      {end !== undefined && <div className={classes["end"]}>{end}</div>}
    </div>
  );
}
