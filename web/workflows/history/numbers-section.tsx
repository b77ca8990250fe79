import { Button, SegmentedControl } from "@mantine/core";
import { IconTable } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { smallIcon } from "../../ui/icons.ts";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { historyDays } from "../workflow-search.ts";
import classes from "./history.module.css";
import { numbersQuery } from "./history-queries.ts";
import { NumberTiles } from "./number-tiles.tsx";
import { NumbersChart } from "./numbers-chart.tsx";
import { NumbersTable } from "./numbers-table.tsx";
import type { HistoryView } from "./use-history-view.ts";

interface NumbersSectionProps {
  readonly workflowId: string;
  readonly history: HistoryView;
}

/** How many entered, are inside, and have ended: now, and day by day. */
export function NumbersSection({ workflowId, history }: NumbersSectionProps) {
  const { t } = useTranslation("workflow-history");
  const days = history.view.days ?? 90;
  const { data: numbers, error, refetch } = useQuery(numbersQuery(workflowId, days));
  const [asTable, setAsTable] = useState(false);
  return (
    <Section
      title={t("numbers.title")}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t("numbers.range")}
          value={String(days)}
          data={historyDays.map((value) => ({ value: String(value), label: t(`numbers.days.${value}`) }))}
          onChange={(value) => history.change({ days: historyDays.find((each) => String(each) === value) })}
        />
      }
    >
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {numbers === undefined && error === null && <LoadingRows rows={6} />}
      {numbers && (
        <>
          <NumberTiles numbers={numbers} history={history} />
          {numbers.days.length > 0 && (
            <>
              {asTable ? <NumbersTable days={numbers.days} /> : <NumbersChart days={numbers.days} />}
              <div className={classes["below"]}>
                <Button
                  size="sm"
                  variant="subtle"
                  leftSection={<IconTable {...smallIcon} />}
                  onClick={() => setAsTable(!asTable)}
                >
                  {t(asTable ? "numbers.asChart" : "numbers.asTable")}
                </Button>
              </div>
            </>
          )}
        </>
      )}
    </Section>
  );
}
