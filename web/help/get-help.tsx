import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { useFormat } from "../ui/format.ts";
import classes from "./help.module.css";

/** Whom to ask: the account's admins, by name. */
export function GetHelp() {
  const { t } = useTranslation("help");
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ["help", "people"],
    queryFn: ({ signal }) => call("GET /api/help/people", {}, { signal }),
  });
  const names = data?.people.map(({ name }) => name) ?? [];
  if (names.length === 0) return null;
  return (
    <p className={classes["ask"]}>
      <strong>{t("getHelp")}</strong> {t("getHelpFrom", { names: format.list(names, "disjunction") })}
    </p>
  );
}
