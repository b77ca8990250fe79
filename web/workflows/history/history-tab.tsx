import { useTranslation } from "react-i18next";
import { PageBody } from "../../ui/page.tsx";
import { Section } from "../../ui/section.tsx";
import type { Workflow } from "../workflow-query.ts";

/** What a workflow has done: its numbers over time, who is where, and what happened to whom. */
export function HistoryTab({ workflow }: { readonly workflow: Workflow }) {
  const { t } = useTranslation("workflow-history");
  return (
    <PageBody>
      <Section title={t("numbers.title")}>{workflow.enrolled}</Section>
    </PageBody>
  );
}
