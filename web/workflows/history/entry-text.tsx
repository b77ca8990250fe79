import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { useOwnValue } from "../../filters/use-own-value.ts";
import type { Entry } from "./history-queries.ts";
import type { StepLookup } from "./use-step-lookup.ts";
import { WhenNext } from "./when-next.tsx";

interface DetailProps {
  readonly entry: Entry;
  readonly lookup: StepLookup;
  /** With a way to the contact's status history, where the status was concerned. */
  readonly withLedger?: boolean;
}

/** What was decided, by which values, at which try, and the way to what it changed. */
export function EntryDetail({ entry, lookup, withLedger = false }: DetailProps) {
  const { t } = useTranslation("workflow-history");
  const ownValue = useOwnValue();
  const { contact, operationId, attempt, version } = entry;
  const status = lookup.find(entry.step, version)?.type === "set_status" && entry.kind === "done";
  const parts = [
    useDecision(entry, lookup),
    ...entry.read.map(({ propertyName, value }) =>
      t("read", { property: lookup.words.property(propertyName), value: ownValue(propertyName, value) }),
    ),
    ...(attempt > 1 ? [t("attempt", { number: attempt })] : []),
    ...(operationId === null
      ? []
      : [
          <Link key="operation" to="/operations/$operationId" params={{ operationId }}>
            {t("operations:operationNumber", { id: operationId })}
          </Link>,
        ]),
    ...(withLedger && status && !contact.deleted
      ? [
          <Link key="ledger" to="/contacts/$contactId" params={{ contactId: contact.id }}>
            {t("ledger")}
          </Link>,
        ]
      : []),
    t("version", { number: version }),
  ];
  return parts.map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts in a fixed order
    <Fragment key={place}>
      {place > 0 && " · "}
      {part}
    </Fragment>
  ));
}

/** A sentence or word for what became of the contact. */
function useDecision({ kind, outcome, step, version }: Entry, lookup: StepLookup): string {
  const { t } = useTranslation("workflow-history");
  if (kind === "enrolled") return lookup.cause(outcome, version);
  if (kind === "done") return lookup.words.outcome(lookup.find(step, version), outcome);
  return t(`kind.${kind}`);
}

/** Why it could not be done, and when it is tried again. */
export function EntryBody({ entry: { message, nextTry, kind } }: { readonly entry: Entry }) {
  return (
    <>
      {message}
      {kind === "info" && nextTry !== null && (
        <>
          {" "}
          <WhenNext at={nextTry} label="nextTry" />
        </>
      )}
    </>
  );
}
