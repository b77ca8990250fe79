import { Link } from "@tanstack/react-router";
import { Trans, useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import classes from "./usage.module.css";
import type { Forecast } from "./usage-queries.ts";

const unengaged = {
  filterGroups: [
    {
      filters: [
        { propertyName: "hs_marketable_status", operator: "EQ" as const, value: "true" },
        { propertyName: "hs_marketable_until_renewal", operator: "EQ" as const, value: "false" },
        { propertyName: "email.last_engagement", operator: "NOT_IN_LAST_DAYS" as const, value: "90" },
      ],
    },
  ],
};

/** What it takes to fit the tier below, and until when. */
export function FitNote({ forecast }: { readonly forecast: Forecast }) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const { fit } = forecast;
  if (fit === null) return null;
  const values = {
    tier: format.number(fit.tier),
    day: format.dateLong(fit.day),
    number: format.number(fit.toLower),
    last: format.dayLong(fit.lastDay),
    count: fit.toLower,
  };
  const when = fit.atRenewal ? "Renewal" : "Update";
  return (
    <div className={classes["fit"]}>
      <Note>
        {fit.toLower === 0 ? (
          t(`fit.enough${when}`, values)
        ) : (
          <>
            <Trans
              t={t}
              i18nKey={`fit.missing${when}`}
              values={values}
              components={{ b: <b /> }}
              count={fit.toLower}
            />{" "}
            <Link to="/contacts" search={{ filter: unengaged }}>
              {t("fit.find")}
            </Link>
          </>
        )}
      </Note>
    </div>
  );
}
