import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { TabLinks } from "../ui/tabs.tsx";

const pages = ["profile", "account", "users", "tokens", "properties", "mail", "price-book", "help"] as const;

interface SettingsPageProps {
  readonly page: (typeof pages)[number];
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every page of Settings. */
export function SettingsPage({ page, actions, children }: SettingsPageProps) {
  const { t } = useTranslation("accounts");
  const links = pages.map((name) => ({ to: `/settings/${name}` as const, label: t(`settings.${name}`) }));
  return (
    <Page tinted>
      <PageHeader title={t("settings.title")} documentTitle={t(`settings.${page}`)} actions={actions} />
      <TabLinks label={t("settings.title")} links={links} />
      <PageBody width={900}>
        <span />
        {children}
      </PageBody>
    </Page>
  );
}
