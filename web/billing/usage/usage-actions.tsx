import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { icon } from "../../ui/icons.ts";

/** What one does with usage: a statement of it, and less of it. */
export function UsageActions() {
  const { t } = useTranslation("usage");
  const navigate = useNavigate();
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload {...icon} />}
        renderRoot={(props) => <Link to="/billing/statement" {...props} />}
      >
        {t("statement.open")}
      </Button>
      <GuardedButton
        permission="marketing-contacts.edit"
        onClick={() => void navigate({ to: "/marketing-contacts/manage" })}
      >
        {t("manage")}
      </GuardedButton>
    </>
  );
}
