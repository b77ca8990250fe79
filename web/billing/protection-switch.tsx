import { Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { useMe } from "../session.ts";
import { Section } from "../ui/section.tsx";
import { FormError } from "../ui/states.tsx";
import { marketingSettingsQuery } from "./billing-query.ts";

/** Whether people who cannot be reached any more stop counting by themselves. */
export function ProtectionSwitch() {
  const { t } = useTranslation("billing");
  const { can } = useMe();
  const queries = useQueryClient();
  const { data: settings } = useQuery(marketingSettingsQuery);
  const change = useMutation({
    mutationFn: (scheduleProtected: boolean) => call("PATCH /api/marketing-settings", { scheduleProtected }),
    onSuccess: (saved) => queries.setQueryData(marketingSettingsQuery.queryKey, saved),
  });
  if (settings === undefined) return null;
  return (
    <Section title={t("protection.title")}>
      <Switch
        checked={change.isPending ? change.variables : settings.scheduleProtected}
        disabled={!can("marketing-contacts.edit") || change.isPending}
        label={t("protection.switch")}
        description={t("protection.help")}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      <FormError error={change.error} />
    </Section>
  );
}
