import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { Fields, Filter } from "../../../filters/filter-field.ts";
import { useDescribeCondition } from "../../../filters/use-describe-condition.ts";

/** A filter as a sentence with what it is about in bold: "**Last engagement** more than **180 days ago**, and …". */
export function FilterText({ fields, filter }: { readonly fields: Fields; readonly filter: Filter }) {
  const { t } = useTranslation("workflow-builder");
  const describe = useDescribeCondition(fields);
  const groups = filter.filterGroups.filter(({ filters }) => filters.length > 0);
  if (groups.length === 0) return <em>{t("noCondition")}</em>;
  return groups.map(({ filters }, group) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
    <Fragment key={group}>
      {group > 0 && ` ${t("filters:or")} `}
      {filters.map((condition, place) => {
        const { name, operator, value } = describe(condition);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place
          <Fragment key={place}>
            {place > 0 && ` ${t("filters:and")} `}
            <b>{name}</b> {operator}
            {value !== undefined && (
              <>
                {" "}
                <b>{value}</b>
              </>
            )}
          </Fragment>
        );
      })}
    </Fragment>
  ));
}
