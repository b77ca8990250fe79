import { Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../../api.ts";
import { CopyField } from "../../../ui/copy-field.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import classes from "../panel/panel.module.css";

/** How the receiver knows that a call is the account's; the secret is fetched only when somebody wants to see it. */
export function WebhookSecret() {
  const { t } = useTranslation("workflow-builder");
  const [isShown, setShown] = useState(false);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ["webhook-secret"],
    queryFn: ({ signal }) => call("GET /api/workflow-settings/webhook-secret", {}, { signal }),
    enabled: isShown,
    gcTime: 0,
  });
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <Button variant="default" loading={isFetching} onClick={() => setShown(true)}>
        {t("webhook.showSecret")}
      </Button>
    );
  }
  return (
    <Stack gap={4}>
      <CopyField label={t("webhook.secret")} value={data.secret} />
      <p className={classes["hint"]}>{t("webhook.secretHelp", { header: data.header })}</p>
    </Stack>
  );
}
