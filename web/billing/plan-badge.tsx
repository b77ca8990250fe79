import { IconLock } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Plan } from "../../contract/billing.ts";
import { Badge } from "../ui/badge.tsx";
import { Section } from "../ui/section.tsx";
import classes from "./plans/plans.module.css";

/** The lowest plan that has something, beside its name. */
export function PlanBadge({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation("billing");
  return <Badge icon={<IconLock size={12} stroke={1.75} aria-hidden />}>{t(`planName.${plan}`)}</Badge>;
}

interface PlanLacksProps {
  /** The lowest plan that has it. */
  readonly plan: Plan;
  /** What it is: "Workflows". */
  readonly title: string;
  /** What it would do, in a sentence or two. */
  readonly children: ReactNode;
}

/** In place of what the account's plan lacks: what it would do, which plan has it, and the way there. */
export function PlanLacks({ plan, title, children }: PlanLacksProps) {
  const { t } = useTranslation("plans");
  return (
    <Section title={title} aside={<PlanBadge plan={plan} />}>
      <div className={classes["stack"]}>
        <div>{children}</div>
        <p className={classes["rule"]}>
          {t(`lacks.${plan}`)} <Link to="/billing">{t("lacks.change")}</Link>
        </p>
      </div>
    </Section>
  );
}
