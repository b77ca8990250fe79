import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { marketingSettingsQuery, usageQuery } from "../../billing/billing-query.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { type BulkDialogProps, useBulkStart } from "./bulk-dialog.ts";

/** Opts people out of all marketing mail, as if they had asked for it. */
export function OptOutDialog(props: BulkDialogProps) {
  const { opened, onClose, selection, about, everybody, count } = props;
  const { t } = useTranslation("contacts-index");
  const format = useFormat();
  const start = useBulkStart(props, () =>
    call("POST /api/contacts/bulk/opt-out", { selection, expect: count }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("optOutTitle", { count, number: format.number(count) })}
      subtitle={about}
      verb={t("optOutVerb")}
      busy={start.isPending}
      error={start.error}
      tick={everybody ? t("everybody") : undefined}
      onConfirm={() => start.mutate(undefined)}
    >
      <Note>{t("optOutNote")}</Note>
      <Effect />
    </ConfirmDialog>
  );
}

/** Where the account lets protected people go, this is a lowering too, and says when. */
function Effect() {
  const { t } = useTranslation("contacts-index");
  const format = useFormat();
  const { data: settings } = useQuery(marketingSettingsQuery);
  const { data: usage } = useQuery(usageQuery);
  if (!settings?.scheduleProtected || usage === undefined) return null;
  const date = format.moment(usage.nextUpdate, usage.timeZone);
  return <Note kind="date">{t("optOutLowers", { date })}</Note>;
}
