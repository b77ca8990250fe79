import { useTranslation } from "react-i18next";
import { Page, PageHeader } from "../ui/page.tsx";

export function HomePage() {
  const { t } = useTranslation("home");
  return (
    <Page tinted>
      <PageHeader title={t("title")} />
    </Page>
  );
}
