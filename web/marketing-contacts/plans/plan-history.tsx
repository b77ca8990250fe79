import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import classes from "./plans.module.css";
import type { Run } from "./plans-query.ts";

/** What became of each run, with the operation where it can be undone. */
export function PlanHistory({
  runs,
  timeZone,
}: {
  readonly runs: readonly Run[];
  readonly timeZone: string;
}) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  return (
    <div className={classes["history"]}>
      <h3>{t("plan.history")}</h3>
      {runs.length === 0 && <p className={classes["about"]}>{t("plan.run.none")}</p>}
      <ul>
        {runs.map((run) => (
          <li key={run.updateAt}>
            <span>{format.date(run.updateAt, timeZone)}</span>
            <div>
              {run.scheduled === null
                ? t(`plan.state.${run.state}`)
                : t("plan.scheduled", { count: run.scheduled, number: format.number(run.scheduled) })}
              <small>
                {run.announced !== null &&
                  `${t("plan.run.announced")}: ${t("contacts", { count: run.announced, number: format.number(run.announced) })}`}
              </small>
            </div>
            {run.operationId !== null && (
              <Link to="/operations/$operationId" params={{ operationId: run.operationId }}>
                {t("plan.operation")}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
