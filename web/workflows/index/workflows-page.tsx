import { useTranslation } from "react-i18next";
import { Page, PageHeader } from "../../ui/page.tsx";

/** Automations > Workflows. */
export function WorkflowsPage() {
  const { t } = useTranslation("workflows");
  return (
    <Page fill>
      <PageHeader title={t("title")} />
    </Page>
  );
}
