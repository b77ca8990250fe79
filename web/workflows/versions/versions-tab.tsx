import { useTranslation } from "react-i18next";
import { PageBody } from "../../ui/page.tsx";
import { Section } from "../../ui/section.tsx";
import type { Workflow } from "../workflow-query.ts";

/** Every version that has been on, compared with another or with the draft. */
export function VersionsTab({ workflow }: { readonly workflow: Workflow }) {
  const { t } = useTranslation("workflow-history");
  return (
    <PageBody>
      <Section title={t("versions.title")}>{workflow.version}</Section>
    </PageBody>
  );
}
