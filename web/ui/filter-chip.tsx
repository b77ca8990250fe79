import { UnstyledButton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./filter-chip.module.css";
import { smallIcon } from "./icons.ts";

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

/** Chips and their buttons in a line below the tabs; scrolls sideways at 390 px. */
export function ChipBar({ children, end }: { readonly children: ReactNode; readonly end?: ReactNode }) {
  return (
    <div className={classes["bar"]}>
      {children}
      {end !== undefined && <div className={classes["end"]}>{end}</div>}
    </div>
  );
}
