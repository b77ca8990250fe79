import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { contactName } from "./contact-name.ts";
import { type Contact, type Status, useContactChange } from "./contact-queries.ts";

interface StatusDialogProps {
  readonly contact: Contact;
  readonly status: Status;
  readonly to: "marketing" | "nonMarketing";
  readonly onClose: () => void;
}

/** Says what will happen and when, and warns plainly before a protected contact is raised. */
export function StatusDialog({ contact, status, to, onClose }: StatusDialogProps) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const date = format.moment(status.nextUpdate, status.timeZone);
  const raising = to === "marketing";
  const pinned = status.pin === (raising ? "never" : "always");
  const change = useContactChange(
    () =>
      call("POST /api/contacts/:contactId/marketing-status", {
        contactId: contact.id,
        to: raising ? "marketing" : "non_marketing",
      }),
    {
      done: ({ outcome }) => {
        if (outcome === "unheld") return t("set.unheld");
        if (!raising) return t("set.doneNonMarketing", { date });
        if (outcome === "held" || outcome === "already_held") return t("set.held");
        return t(outcome === "refused" ? "set.refused" : "set.doneMarketing");
      },
      onDone: onClose,
    },
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(`actions.${to}`)}
      subtitle={contactName(contact.properties)}
      verb={t(raising ? "set.verbMarketing" : "set.verbNonMarketing")}
      busy={change.isPending}
      error={change.error}
      blocked={pinned}
      onConfirm={() => change.mutate(undefined)}
    >
      {pinned && <Note kind="info">{t(raising ? "set.pinnedNever" : "set.pinnedAlways")}</Note>}
      {raising ? <Raising status={status} /> : <Lowering status={status} date={date} />}
    </ConfirmDialog>
  );
}

interface EffectProps {
  readonly status: Status;
}

function Lowering({ status, date }: EffectProps & { readonly date: string }) {
  const { t } = useTranslation("contact");
  return <Note kind="date">{status.held === null ? t("set.lower", { date }) : t("set.unhold")}</Note>;
}

function Raising({ status }: EffectProps) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const protecting = status.facts.filter(({ protects }) => protects);
  return (
    <>
      <p>{t(status.status === "waiting" ? "set.keep" : "set.raise")}</p>
      {status.protected && (
        <Note kind="error" title={t("set.protected")}>
          {format.list(protecting.map(({ kind }) => t(`fact.${kind}`)))}
        </Note>
      )}
    </>
  );
}
