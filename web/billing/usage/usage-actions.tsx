import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { icon } from "../../ui/icons.ts";

/** What one does with usage: a statement of it. */
export function UsageActions() {
  const { t } = useTranslation("usage");
  return (
    <Button
      variant="default"
      leftSection={<IconDownload {...icon} />}
      renderRoot={(props) => <Link to="/billing/statement" {...props} />}
    >
      {t("statement.open")}
    </Button>
  );
}
