import { FilterEditor } from "../../../filters/filter-editor.tsx";
import type { Filter } from "../../../filters/filter-field.ts";
import { useNames } from "../../words/use-names.ts";
import classes from "../panel/panel.module.css";
import { useBuilder } from "../state/builder-context.ts";
import { FilterText } from "../state/filter-text.tsx";

interface FilterBoxProps {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
  readonly error?: string | undefined;
}

/** The editor of a filter inside a panel, with what is wrong with it below. */
export function FilterBox({ filter, onChange, error }: FilterBoxProps) {
  const { readOnly } = useBuilder();
  const { fields } = useNames();
  if (fields.size === 0) return null;
  return (
    <div className={classes["filter"]}>
      {readOnly ? (
        <p>
          <FilterText fields={fields} filter={filter} />
        </p>
      ) : (
        <FilterEditor fields={fields} filter={filter} onChange={onChange} />
      )}
      {error !== undefined && <p className={classes["error"]}>{error}</p>}
    </div>
  );
}
