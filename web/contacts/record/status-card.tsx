import { UnstyledButton } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { smallIcon } from "../../ui/icons.ts";
import { Note } from "../../ui/note.tsx";
import { Section } from "../../ui/section.tsx";
import { Chain, type ChainEntry } from "../../ui/timeline.tsx";
import { type Status, useContactChange } from "./contact-queries.ts";
import classes from "./record.module.css";
import { useChangeText } from "./use-change-text.ts";
import { OperationLink } from "./use-describe-entry.tsx";
import { useSourceText } from "./use-source-text.ts";

interface StatusCardProps {
  readonly contactId: string;
  readonly status: Status;
}

const SHOWN = 6;

/** Answers in a sentence why a contact counts or not, then proves it from the ledger. */
export function StatusCard({ contactId, status }: StatusCardProps) {
  const { t } = useTranslation("contact");
  const [all, setAll] = useState(false);
  const counts = status.status !== "non_marketing";
  const entries = useLedger(status);
  return (
    <Section title={t(counts ? "why.marketing" : "why.nonMarketing")}>
      <p className={classes["sentence"]}>
        <Reason status={status} />
      </p>
      {status.held !== null && <Held held={status.held} timeZone={status.timeZone} />}
      {entries.length > SHOWN && !all && (
        <UnstyledButton className={classes["link"]} mb="sm" onClick={() => setAll(true)}>
          {t("why.earlier", { count: entries.length - SHOWN })}
        </UnstyledButton>
      )}
      {entries.length > 0 && <Chain entries={all ? entries : entries.slice(-SHOWN)} />}
      {status.undo && <Undo contactId={contactId} status={status} undo={status.undo} />}
    </Section>
  );
}

interface HeldProps {
  readonly held: NonNullable<Status["held"]>;
  readonly timeZone: string;
}

/** A raise that had no room: what set it off, and where it is decided. */
function Held({ held, timeZone }: HeldProps) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const sourceText = useSourceText();
  const nobody = { type: "system" as const, id: null, name: held.source.name };
  return (
    <Note
      kind="date"
      title={t("held.title", { date: format.dateLong(held.since, timeZone) })}
      actions={
        <Link to="/billing" search={{ tab: "review" }}>
          {t("held.review")}
        </Link>
      }
    >
      {t(`held.${held.why}`, { source: sourceText({ source: held.source, actor: nobody }) })}
    </Note>
  );
}

function Reason({ status }: { readonly status: Status }) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const sourceText = useSourceText();
  const { timeZone, until } = status;
  const latest = status.changes[0];
  if (status.status === "non_marketing") {
    if (!latest) return t("why.never");
    const since = latest.kind === "became_non_marketing" ? latest.effectiveAt : latest.recordedAt;
    return t("why.since", { date: format.moment(since, timeZone) });
  }
  const raise = status.changes.find(({ kind }) => kind === "set_marketing" || kind === "restored");
  const set = raise
    ? t("why.setBy", { source: sourceText(raise), date: format.dateLong(raise.recordedAt, timeZone) })
    : t("why.set");
  return `${set} ${until ? t("why.until", { date: format.moment(until, timeZone) }) : t("why.counts")}`;
}

const tones = (untilAfter: string | null): ChainEntry["tone"] => {
  if (untilAfter === null) return "none";
  return untilAfter === "infinity" ? "counts" : "waiting";
};

/** Oldest first, as the story goes. */
function useLedger(status: Status): ChainEntry[] {
  const format = useFormat();
  const sourceText = useSourceText();
  const changeText = useChangeText(status.timeZone);
  return status.changes.toReversed().map((change) => ({
    id: change.id,
    tone: tones(change.untilAfter),
    title: changeText(change),
    details: [
      <>
        {sourceText(change)}
        <OperationLink operationId={change.operationId} before />
      </>,
      format.dateTime(change.recordedAt),
    ],
    delta: format.signed(change.delta),
  }));
}

interface UndoProps extends StatusCardProps {
  readonly undo: NonNullable<Status["undo"]>;
}

/** Stands on the latest entry only. */
function Undo({ contactId, status, undo }: UndoProps) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const meant = undo.holdId === null ? { changeId: undo.changeId ?? "" } : { holdId: undo.holdId };
  const change = useContactChange(
    () => call("POST /api/contacts/:contactId/marketing-status/undo", { contactId, ...meant }),
    { done: () => t("why.undone"), toastError: true },
  );
  const until = undo.untilRaise;
  const passed = until !== null && new Date(until) <= new Date();
  return (
    <div className={classes["cardEnd"]}>
      <GuardedButton
        variant="default"
        size="sm"
        permission="marketing-contacts.edit"
        leftSection={<IconArrowBackUp {...smallIcon} />}
        loading={change.isPending}
        onClick={() => change.mutate(undefined)}
      >
        {t("why.undo")}
      </GuardedButton>
      {undo.holdId !== null && <span>{t("why.undoHolds")}</span>}
      {until !== null && (
        <span>
          {passed
            ? t("why.undoRaises")
            : t("why.undoUntil", { date: format.dayLong(until, status.timeZone) })}
        </span>
      )}
    </div>
  );
}
