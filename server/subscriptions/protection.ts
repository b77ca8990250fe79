import { type RawBuilder, sql } from "kysely";
import { type BounceReason, bounceReasons, type FactKind } from "#contract/subscriptions.ts";

/** One fact about one contact: it left all marketing mail, its address bounced hard, or it complained. */
export interface NewFact {
  readonly contactId: string;
  readonly kind: FactKind;
  /** A code, never a sentence: `unknown_user`, `unsubscribed_link`. */
  readonly reason?: string | undefined;
  /** When it happened; now by default. */
  readonly at?: Date | undefined;
  /** On how many days an address bounced, where that is known; one by default. */
  readonly days?: number | undefined;
}

/** The bounce that says the address does not exist: it protects at once. */
const NO_SUCH_USER: BounceReason = "unknown_user";

/** A bounce of any other reason protects from its second day on: a full mailbox may be emptied. */
export const PROTECTING_DAYS = 2;

/**
 * The rule of protection, in SQL because it runs over files and lists; readers ask the stored `protects`.
 * A complaint and an opt-out always protect.
 */
export function protectsSql(
  fact: Record<"kind" | "reason" | "days", RawBuilder<unknown>>,
): RawBuilder<boolean> {
  return sql`(${fact.kind} <> 'bounce' or ${fact.reason} = ${NO_SUCH_USER} or ${fact.days} >= ${sql.lit(PROTECTING_DAYS)})`;
}

type BounceSql = Record<"day" | "protects", RawBuilder<unknown>>;

/** Whether a bounce says more than what is known: it happened on another day, or protects by now. */
export function bounceIsNewsSql(known: BounceSql, said: BounceSql): RawBuilder<boolean> {
  return sql`(${known.day} <> ${said.day} or ${said.protects} and not ${known.protects})`;
}

/** A bounce reason as it is stored, however an integration or a file spells it; `other` for what is not known. */
export function bounceReason(text: string): BounceReason {
  const code = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  return bounceReasons.find((reason) => reason === code) ?? "other";
}

/** Facts as they are stored: reasons are short codes, and a bounce always has one. */
export function storedReason({ kind, reason = "" }: NewFact): string {
  return kind === "bounce" ? bounceReason(reason) : reason.trim().slice(0, 100);
}
