import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import classes from "./contacts-index.module.css";
import type { Row } from "./index-queries.ts";
import type { Chosen } from "./use-selection.ts";

interface SelectAllProps {
  readonly rows: readonly Row[];
  readonly total: number | undefined;
  readonly chosen: Chosen;
}

/** The first row of the table, where the page is ticked and there are more than those on it. */
export function selectAllBanner(props: SelectAllProps): ReactNode {
  const { rows, total, chosen } = props;
  if (total === undefined || chosen.ids.size < rows.length) return undefined;
  return chosen.everything || total > rows.length ? <SelectAll {...props} total={total} /> : undefined;
}

/** From this page to all that match, and back. */
function SelectAll({ rows, total, chosen }: SelectAllProps & { readonly total: number }) {
  const { t } = useTranslation("contacts-index");
  const format = useFormat();
  const number = format.number(chosen.everything ? total : rows.length);
  return (
    <>
      <Trans
        t={t}
        i18nKey={chosen.everything ? "allSelected" : "pageSelected"}
        count={chosen.everything ? total : rows.length}
        values={{ number }}
        components={{ b: <b /> }}
      />{" "}
      {chosen.everything ? (
        <UnstyledButton
          className={classes["link"]}
          onClick={() => chosen.select(new Set(rows.map(({ id }) => id)))}
        >
          {t("onlyPage")}
        </UnstyledButton>
      ) : (
        <UnstyledButton className={classes["link"]} onClick={chosen.selectEverything}>
          {t("selectAll", { count: total, number: format.number(total) })}
        </UnstyledButton>
      )}
    </>
  );
}
