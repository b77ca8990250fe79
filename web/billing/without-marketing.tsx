import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { useMe } from "../session.ts";
import { Note } from "../ui/note.tsx";
import { FormError } from "../ui/states.tsx";

/** An account without marketing contacts says how to get them. */
export function WithoutMarketing() {
  const { t } = useTranslation("billing");
  const { can } = useMe();
  return (
    <Note title={t("without.title")} actions={can("billing.edit") ? <Enable /> : <Ask />}>
      {t(can("billing.edit") ? "without.enableHelp" : "without.askHelp")}
    </Note>
  );
}

function Enable() {
  const { t } = useTranslation("billing");
  const queryClient = useQueryClient();
  const enable = useMutation({
    mutationFn: () => call("POST /api/billing/marketing-contacts", {}),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <>
      <Button loading={enable.isPending} onClick={() => enable.mutate()}>
        {t("without.enable")}
      </Button>
      <FormError error={enable.error} />
    </>
  );
}

function Ask() {
  const { t } = useTranslation("billing");
  const ask = useMutation({
    mutationFn: () => call("POST /api/requests", { kind: "feature", name: "marketing-contacts" }),
  });
  if (ask.isSuccess) return <span role="status">{t("without.asked")}</span>;
  return (
    <>
      <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
        {t("without.ask")}
      </Button>
      <FormError error={ask.error} />
    </>
  );
}
