import { FilterEditor } from "../../filters/filter-editor.tsx";
import type { Filter } from "../../filters/filter-field.ts";
import { useFilterFields } from "../../filters/use-filter-fields.ts";
import { Section } from "../../ui/section.tsx";
import { LoadingRows } from "../../ui/states.tsx";
import classes from "../lists.module.css";

interface FilterSectionProps {
  readonly title: string;
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}

/** The conditions, written in place. */
export function FilterSection({ title, filter, onChange }: FilterSectionProps) {
  const fields = useFilterFields();
  return (
    <Section title={title}>
      <div className={classes["editor"]}>
        {fields.size === 0 ? (
          <LoadingRows />
        ) : (
          <FilterEditor fields={fields} filter={filter} onChange={onChange} />
        )}
      </div>
    </Section>
  );
}
