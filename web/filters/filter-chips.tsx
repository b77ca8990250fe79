import { useTranslation } from "react-i18next";
import { FilterChip } from "../ui/filter-chip.tsx";
import type { Fields, Filter } from "./filter-field.ts";
import classes from "./filters.module.css";
import { useDescribeCondition } from "./use-describe-condition.ts";

interface FilterChipsProps {
  readonly fields: Fields;
  readonly filter: Filter;
  readonly onChange?: (filter: Filter) => void;
  readonly onEdit?: () => void;
}

/** A filter as chips, its groups with "or" between them. */
export function FilterChips({ fields, filter, onChange, onEdit }: FilterChipsProps) {
  const { t } = useTranslation("filters");
  const describe = useDescribeCondition(fields);
  const without = (group: number, place: number): Filter => ({
    filterGroups: filter.filterGroups
      .map(({ filters }, index) => ({ filters: filters.filter((_, at) => index !== group || at !== place) }))
      .filter(({ filters }) => filters.length > 0),
  });
  return filter.filterGroups.map(({ filters }, group) =>
    filters.map((condition, place) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place
      <span key={`${group}-${place}`} className={classes["chip"]}>
        {group > 0 && place === 0 && <span className={classes["or"]}>{t("or")}</span>}
        <FilterChip
          {...describe(condition)}
          {...(onEdit && { onEdit })}
          {...(onChange && { onRemove: () => onChange(without(group, place)) })}
        />
      </span>
    )),
  );
}
