import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../../session.ts";
import { useFormat } from "../../ui/format.ts";
import classes from "./review.module.css";
import { heldCountQuery } from "./review-queries.ts";

/** How many contacts wait for approval; nothing where nobody does, or where one may not see it. */
export function useHeldCount(): number {
  const { can } = useMe();
  const { data } = useQuery({ ...heldCountQuery, enabled: can("billing.view") });
  return data?.held ?? 0;
}

export function HeldLink() {
  const { t } = useTranslation("review");
  const format = useFormat();
  const held = useHeldCount();
  if (held === 0) return null;
  return (
    <Link to="/billing" search={{ tab: "review" }} className={classes["heldLink"]}>
      {t("forApproval", { count: held, number: format.number(held) })}
    </Link>
  );
}
