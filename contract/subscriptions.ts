/** Why marketing mail must not, or cannot, reach a person. */
export type FactKind = "opt_out" | "bounce" | "complaint";

/** Why an address bounced hard. Integrations write these in capitals. */
export const bounceReasons = [
  "unknown_user",
  "mailbox_full",
  "mailbox_misconfiguration",
  "content",
  "spam",
  "policy",
  "dns_failure",
  "timeout",
  "other",
] as const;
export type BounceReason = (typeof bounceReasons)[number];
