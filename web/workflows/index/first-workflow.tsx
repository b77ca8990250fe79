import { useTranslation } from "react-i18next";
import classes from "../workflows.module.css";
import { TemplateButtons, type TemplateName, TemplateTexts } from "./template-cards.tsx";

/** There is none yet: what workflows do, and the templates to begin with. */
export function FirstWorkflow({ onPick }: { readonly onPick: (template: TemplateName) => void }) {
  const { t } = useTranslation("workflows");
  return (
    <div className={classes["first"]}>
      <div>
        <h2>{t("empty.title")}</h2>
        <p className={classes["lead"]}>{t("empty.text")}</p>
      </div>
      <TemplateButtons onPick={onPick} />
    </div>
  );
}

/** What one could have workflows do, where the plan lacks them. */
export function WhatTheyDo() {
  const { t } = useTranslation("workflows");
  return (
    <section aria-label={t("examples")}>
      <h2 className={classes["heading"]}>{t("examples")}</h2>
      <TemplateTexts />
    </section>
  );
}
