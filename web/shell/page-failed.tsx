import { Button } from "@mantine/core";
import { IconMapQuestion } from "@tabler/icons-react";
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { EmptyState, ErrorState } from "../ui/states.tsx";

/** A page that broke or could not be fetched. */
export function PageFailed({ error }: ErrorComponentProps) {
  const { t } = useTranslation("shell");
  const router = useRouter();
  return (
    <Page tinted>
      <PageHeader title={t("failed.title")} />
      <PageBody width={640}>
        <ErrorState error={error} title={t("failed.lead")} onRetry={() => void router.invalidate()} />
      </PageBody>
    </Page>
  );
}

/** An address that leads nowhere. */
export function PageMissing() {
  const { t } = useTranslation("shell");
  return (
    <Page tinted>
      <PageHeader title={t("missing.title")} />
      <EmptyState
        icon={IconMapQuestion}
        title={t("missing.lead")}
        action={
          <Button component={Link} to="/">
            {t("missing.home")}
          </Button>
        }
      >
        {t("missing.text")}
      </EmptyState>
    </Page>
  );
}
