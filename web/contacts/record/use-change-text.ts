import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import type { Status } from "./contact-queries.ts";

interface LedgerEntry {
  readonly kind: string;
  readonly effectiveAt: string;
}

/** A ledger entry in words: "Set as non-marketing, from 1 December 2026". */
export function useChangeText(zone?: Status["timeZone"]): (entry: LedgerEntry) => string {
  const { t } = useTranslation("contact");
  const format = useFormat();
  return ({ kind, effectiveAt }) => t(`change.${kind}`, { date: format.dateLong(effectiveAt, zone) });
}
